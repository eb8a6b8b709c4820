package io.github.deqa4j.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The hub's questions and answers. Each question is repeated if it fails for a reason that may pass. */
final class HubApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?");
    private static final int MOST_PAGES = 1000;

    private final HubSettings settings;
    private final Waiting waiting;
    private final HubListener listener;
    private final HubHttp http;

    HubApi(HubSettings settings, Waiting waiting, HubListener listener, Duration patience) {
        this.settings = settings;
        this.waiting = waiting;
        this.listener = listener;
        http = new HubHttp(settings, patience);
    }

    /** Counts the failures of one question. */
    Retries retries(HubRepository repository) {
        return new Retries(repository, settings.token().isPresent(), waiting, listener);
    }

    /**
     * The commit that a revision is now.
     *
     * @throws DeqaException if there is no such repository or revision, or it is not accessible
     */
    String commit(HubRepository repository) {
        URI uri = api(repository, "revision", repository.revision());
        HubHttp.Text text = retries(repository).run(() -> http.text(uri));
        try {
            String commit = JSON.readTree(text.json()).path("sha").asText();
            if (HubRepository.isCommit(commit)) {
                return commit;
            }
        } catch (IOException e) {
            throw new DeqaException(uri + ": the answer is not JSON; check the address of the hub", e);
        }
        throw new DeqaException(uri + ": the answer names no commit; check the address of the hub");
    }

    /** The files of a commit. */
    Listing list(HubRepository repository, String commit) {
        NavigableMap<String, Listing.Entry> files = new TreeMap<>();
        Optional<URI> page = Optional.of(URI.create(api(repository, "tree", commit) + "?recursive=true"));
        for (int pages = 0; page.isPresent(); pages++) {
            if (pages == MOST_PAGES) {
                throw new DeqaException(repository + ": the hub's list of files does not end");
            }
            URI uri = page.get();
            HubHttp.Text text = retries(repository).run(() -> http.text(uri));
            Listing.addPage(repository.toString(), text.json(), files);
            page = next(uri, text.headers());
        }
        return new Listing(files);
    }

    private Optional<URI> next(URI page, HttpHeaders headers) {
        for (String link : headers.allValues("Link")) {
            Matcher next = NEXT.matcher(link);
            if (next.find()) {
                return Optional.of(samePlace(page, next.group(1)));
            }
        }
        return Optional.empty();
    }

    private URI samePlace(URI page, String next) {
        try {
            URI uri = page.resolve(next);
            if (HubHttp.isSame(uri, settings.endpoint())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new DeqaException(
                    page + ": the next page is named " + Excerpt.quoted(next) + ", which is no address", e);
        }
        throw new DeqaException(
                page + ": the next page is named " + Excerpt.quoted(next) + ", which is not at the hub");
    }

    /**
     * A file at a commit, as the hub describes it now.
     *
     * @throws DeqaException if that is not what the list of files says
     */
    RemoteFile file(HubRepository repository, String commit, String path, Listing.Entry listed) {
        URI uri = resolve(repository, commit, path);
        HubHttp.Answer answer = retries(repository).run(() -> http.head(uri));
        String where = repository.name() + "/" + path;
        require(where, "commit", commit, answer.header("X-Repo-Commit").orElse("none"));
        String etag =
                answer.header("X-Linked-Etag").or(() -> answer.header("ETag")).orElse("none");
        require(
                where,
                "hash",
                listed.id().hash(),
                BlobId.ofEtag(etag).map(BlobId::hash).orElse(etag));
        boolean linked =
                answer.header("X-Linked-Etag").isPresent(); // the answer's own length is that of a redirection then
        answer.header(linked ? "X-Linked-Size" : "Content-Length")
                .ifPresent(size -> require(where, "size", String.valueOf(listed.size()), size));
        return new RemoteFile(repository, path, uri, listed.id(), listed.size());
    }

    private static void require(String where, String what, String listed, String found) {
        if (!listed.equals(found)) {
            throw new DeqaException(where + ": the " + what + " in the hub's list is " + listed + ", but the file has "
                    + Excerpt.quoted(found) + "; nothing was stored; try again, or check the address of the hub");
        }
    }

    /** The bytes of a file, from one on. */
    HubHttp.Answer bytes(RemoteFile file, long from) throws IOException {
        return http.get(file.uri(), from);
    }

    private URI api(HubRepository repository, String what, String revision) {
        return URI.create(
                settings.endpoint() + "/api/models/" + repository.name() + "/" + what + "/" + encode(revision));
    }

    private URI resolve(HubRepository repository, String commit, String path) {
        return URI.create(settings.endpoint() + "/" + repository.name() + "/resolve/" + commit + "/"
                + Arrays.stream(path.split("/")).map(HubApi::encode).collect(Collectors.joining("/")));
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
