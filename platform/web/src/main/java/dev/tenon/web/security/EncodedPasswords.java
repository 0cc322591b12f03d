package dev.tenon.web.security;

import dev.tenon.tenancy.identity.PasswordHasher;
import java.util.Map;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;

/**
 * Passwords by Spring Security's encoders. Each hash names how it was made, so that another way can come: who signs in
 * then gets a hash of the new kind. Hashes of before have no name and are bcrypt.
 */
final class EncodedPasswords implements PasswordHasher {

    private static final String CURRENT = "bcrypt";

    private final DelegatingPasswordEncoder encoder;

    EncodedPasswords() {
        BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
        this.encoder = new DelegatingPasswordEncoder(CURRENT, Map.of(CURRENT, bcrypt));
        encoder.setDefaultPasswordEncoderForMatches(bcrypt);
    }

    @Override
    public String hash(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalArgumentException("a password is needed");
        }
        return hash;
    }

    @Override
    public boolean matches(String password, String hash) {
        return encoder.matches(password, hash);
    }

    @Override
    public boolean outdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }
}
