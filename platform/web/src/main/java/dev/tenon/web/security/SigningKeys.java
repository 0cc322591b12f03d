package dev.tenon.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.tenon.records.port.Sealing;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.LoginStore.SigningKey;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign access tokens, kept in the database: tokens stay good over restarts and on every node. Sealed, so that
 * who can read the database or a backup of it cannot make tokens.
 */
final class SigningKeys implements JWKSource<SecurityContext> {

    /** RSA because every request checks a signature and RSA's check is the cheap side. */
    private static final int BITS = 2048;

    private final LoginStore store;
    private final Sealing sealing;
    private final InstantSource clock;
    private volatile @Nullable JWKSet keys;

    SigningKeys(LoginStore store, Sealing sealing, InstantSource clock) {
        this.store = store;
        this.sealing = sealing;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        List<JWK> found = selector.select(current());
        if (found.isEmpty()) {
            // Another node may have added one.
            keys = null;
            found = selector.select(current());
        }
        return found;
    }

    /** To be called at start: without the operator's key nobody could sign in, and that must be told then. */
    void prepare() {
        current();
    }

    private JWKSet current() {
        JWKSet known = keys;
        if (known == null) {
            synchronized (this) {
                known = keys;
                if (known == null) {
                    known = load();
                    keys = known;
                }
            }
        }
        return known;
    }

    private JWKSet load() {
        List<SigningKey> stored = store.signingKeys();
        if (stored.isEmpty()) {
            store.insertFirstSigningKey(generate());
            stored = store.signingKeys();
        }
        List<JWK> parsed = new ArrayList<>();
        for (SigningKey key : stored) {
            try {
                parsed.add(JWK.parse(opened(key)));
            } catch (ParseException damaged) {
                throw new IllegalStateException("signing key " + key.id() + " is damaged", damaged);
            }
        }
        return new JWKSet(parsed);
    }

    private static String place(String id) {
        return "signing-key/" + id;
    }

    /** Keys of earlier versions of the program are not sealed, and after a change of the operator's key they are with the old one. */
    private String opened(SigningKey key) {
        boolean sealed = sealing.isSealed(key.jwk());
        String plain = sealed ? sealing.open(place(key.id()), key.jwk()) : key.jwk();
        if (!sealed || !sealing.isCurrent(key.jwk())) {
            store.replaceSigningKey(key, sealing.seal(place(key.id()), plain));
        }
        return plain;
    }

    private SigningKey generate() {
        try {
            String id = UUID.randomUUID().toString();
            JWK key = new RSAKeyGenerator(BITS)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            return new SigningKey(id, sealing.seal(place(id), key.toJSONString()), clock.instant());
        } catch (JOSEException impossible) {
            throw new IllegalStateException("no RSA on this JDK", impossible);
        }
    }
}
