package dev.tenon.tenancy.identity;

/** Turns passwords into something that can be kept. Slow on purpose. */
public interface PasswordHasher {

    String hash(String password);

    boolean matches(String password, String hash);

    /** Whether the hash was made in a way that is no longer used for new ones. */
    boolean outdated(String hash);
}
