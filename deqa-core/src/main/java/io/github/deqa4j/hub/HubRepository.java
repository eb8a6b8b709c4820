package io.github.deqa4j.hub;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.file.Excerpt;
import java.util.regex.Pattern;

/**
 * A repository of the hub at a revision.
 *
 * @param name {@code owner/name}; of some old ones the name alone
 * @param revision a branch, a tag, or a commit of 40 digits
 */
public record HubRepository(String name, String revision) {
    /** The revision where none is named. */
    public static final String MAIN = "main";

    private static final int LONGEST_NAME = 96;
    private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "/)?" + PART);
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws InvalidSettingException if the name or the revision cannot be one of the hub */
    public HubRepository {
        if (!NAME.matcher(name).matches()
                || name.length() > LONGEST_NAME
                || name.contains("--")
                || name.contains("..")
                || name.endsWith(".git")) {
            throw new InvalidSettingException("the repository " + Excerpt.quoted(name)
                    + " cannot be one of the hub; name it as owner/name, or owner/name@revision");
        }
        if (!revision.matches("[A-Za-z0-9._/+-]+") || !RemotePath.isSafe(revision)) {
            throw new InvalidSettingException("the revision " + Excerpt.quoted(revision) + " of " + name
                    + " cannot be one; name a branch, a tag or a commit");
        }
    }

    /**
     * Reads {@code owner/name} or {@code owner/name@revision}; of some old repositories {@code name} alone.
     *
     * @throws InvalidSettingException if it is something else
     */
    public static HubRepository parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new HubRepository(text, MAIN)
                : new HubRepository(text.substring(0, at), text.substring(at + 1));
    }

    /** Whether a text is a commit rather than a branch or a tag. */
    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    /** The folder of the repository in the cache. Names contain no double dash, so no two share one. */
    String folder() {
        return "models--" + name.replace("/", "--");
    }

    /** {@code owner/name@revision}. */
    @Override
    public String toString() {
        return name + "@" + revision;
    }
}
