package dev.tenon.tenancy;

import java.util.List;

/**
 * What other types of fields would do to values.
 *
 * @param digest of the losses and of the records concerned; who wants them confirms it. Empty text where nothing is lost
 */
public record RetypeLosses(List<RetypeLoss> losses, String digest) {
    public RetypeLosses {
        losses = List.copyOf(losses);
    }
}
