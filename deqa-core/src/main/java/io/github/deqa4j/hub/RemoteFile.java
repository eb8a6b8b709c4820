package io.github.deqa4j.hub;

import java.net.URI;

/**
 * A file of the hub that is to be fetched.
 *
 * @param repository where it is
 * @param path its path in the repository
 * @param uri its address
 * @param id the hash that it must have
 * @param size the bytes that it must have
 */
record RemoteFile(HubRepository repository, String path, URI uri, BlobId id, long size) {
    /** What messages call it. */
    String name() {
        return repository.name() + "/" + path;
    }
}
