package dev.tenon.tenancy.identity;

/** Turns passwords into something that can be kept. Slow on purpose. */
public interface PasswordHasher {

    String hash(String password);

    boolean matches(String password, String hash);
}
