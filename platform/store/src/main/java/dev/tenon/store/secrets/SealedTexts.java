package dev.tenon.store.secrets;

import dev.tenon.records.port.Sealing;
import dev.tenon.store.StoreError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Texts sealed with AES-256-GCM: {@code sealed1.<id of the key>.<nonce and ciphertext in Base64>}. The place is
 * authenticated with it, so that a text copied elsewhere does not open.
 */
public final class SealedTexts implements Sealing {

    private static final String VERSION = "sealed1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SealingKeys keys;
    private final SecureRandom random = new SecureRandom();

    public SealedTexts(SealingKeys keys) {
        this.keys = keys;
    }

    @Override
    public String seal(String place, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.currentKey(), nonce, place)
                    .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return VERSION + "." + keys.current() + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    @Override
    public String open(String place, String sealed) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw StoreError.SECRET_DAMAGED.error().with("place", place).build();
        }
        SecretKey key = keys.find(parts[1])
                .orElseThrow(() -> StoreError.ENCRYPTION_KEY_MISSING
                        .error()
                        .with("key", parts[1])
                        .with("place", place)
                        .build());
        try {
            byte[] whole = Base64.getUrlDecoder().decode(parts[2]);
            if (whole.length < NONCE_BYTES) {
                throw new AEADBadTagException("too short");
            }
            byte[] nonce = java.util.Arrays.copyOf(whole, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, place)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw StoreError.SECRET_DAMAGED
                    .error()
                    .with("place", place)
                    .causedBy(damaged)
                    .build();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public boolean isSealed(String text) {
        return text.startsWith(VERSION + ".");
    }

    @Override
    public boolean isCurrent(String sealed) {
        return sealed.startsWith(VERSION + "." + keys.current() + ".");
    }
}
