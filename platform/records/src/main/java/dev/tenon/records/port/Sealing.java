package dev.tenon.records.port;

/** Keeps secrets that are stored: with a key that is not where they are. Safe for use by several threads. */
public interface Sealing {

    /**
     * @param place where the secret is kept; only there can it be opened
     */
    String seal(String place, String secret);

    /** Throws where the key is missing, or where the text was changed or comes from another place. */
    String open(String place, String sealed);

    /** Whether it is sealed at all. */
    boolean isSealed(String text);

    /** Whether it is sealed with the key that is in use now. */
    boolean isCurrent(String sealed);
}
