package io.github.deqa4j.train;

/**
 * What a run is about to do.
 *
 * @param sets number of data sets
 * @param drawsPerEpoch pairs, or single images, of an epoch
 * @param stepsPerEpoch steps of an epoch
 * @param learnt numbers of the network that are learnt
 * @param all numbers of the network, those of an adapter included
 */
public record RunFacts(int sets, int drawsPerEpoch, int stepsPerEpoch, long learnt, long all) {}
