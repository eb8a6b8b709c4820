package io.github.deqa4j.hub;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

/** A process that pulls all files of a repository: an endpoint, a cache, a repository. */
final class PullMain {
    private PullMain() {}

    public static void main(String[] args) {
        HubSettings settings = new HubSettings(URI.create(args[0]), Path.of(args[1]), Optional.empty(), false);
        HubListener listener = new HubListener() {
            @Override
            public void note(String sentence) {
                System.out.println(sentence);
            }
        };
        Path snapshot = new HubClient(settings, listener)
                .pull(HubRepository.parse(args[2]), (repository, names, file) -> new TreeSet<>(names));
        System.out.println(snapshot);
    }
}
