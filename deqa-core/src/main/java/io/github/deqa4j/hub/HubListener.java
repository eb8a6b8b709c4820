package io.github.deqa4j.hub;

/** Is told how a download goes, on the thread that downloads. */
public interface HubListener {
    /** Tells nobody. */
    HubListener NONE = new HubListener() {};

    /**
     * The files of a repository are known.
     *
     * @param repository its name and revision
     * @param commit the commit that the revision is now
     * @param files how many files are fetched
     * @param bytes how many bytes they have
     */
    default void planned(HubRepository repository, String commit, int files, long bytes) {}

    /**
     * A file begins.
     *
     * @param file its path in the repository
     * @param size its bytes
     * @param before the bytes that are there already
     */
    default void began(String file, long size, long before) {}

    /**
     * Bytes of the file have come.
     *
     * @param bytes how many are there now; less than before if the file began anew
     */
    default void reached(long bytes) {}

    /** The file is complete and its hash is right. */
    default void ended() {}

    /** Something that a user should know, in one sentence. */
    default void note(String sentence) {}
}
