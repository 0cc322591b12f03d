package dev.tenon.store.secrets;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.StoreError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that secrets are sealed with, each with an id. The first one seals; the others only open what was sealed with
 * them before.
 */
public final class SealingKeys {

    private static final int BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final String FIRST = "k1";

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    private final String current;

    /** @param texts {@code id:key}, the key 32 bytes in Base64 */
    private SealingKeys(List<String> texts, String place) {
        for (String text : texts) {
            String[] parts = text.strip().split(":", 2);
            if (parts.length != 2 || !ID.matcher(parts[0]).matches() || keys.containsKey(parts[0])) {
                throw invalid(place);
            }
            keys.put(parts[0], key(parts[1], place));
        }
        this.current = keys.keySet().stream().findFirst().orElseThrow(() -> invalid(place));
    }

    /** Keys from the operator's configuration. Throws {@code store.encryption-keys-invalid}. */
    public static SealingKeys of(List<String> texts) {
        return new SealingKeys(texts, "tenon.encryption.keys");
    }

    /** Keys from a file, one in a line; a file that is not there is made with a new key, for its owner only. */
    public static SealingKeys inFile(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            return new SealingKeys(lines, file.toString());
        } catch (IOException unreadable) {
            throw StoreError.ENCRYPTION_KEYS_UNREADABLE
                    .error()
                    .with("place", file)
                    .causedBy(unreadable)
                    .build();
        }
    }

    /** A new key in the form of the configuration. */
    static String generate(String id) {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }

    private static void make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String text = generate(FIRST) + System.lineSeparator();
        try (var channel = Files.newByteChannel(
                file, java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException another) {
            // A node that starts at the same moment was quicker; its key is everybody's.
            return;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static SecretKey key(String text, String place) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length != BYTES) {
                throw invalid(place);
            }
            return new SecretKeySpec(bytes, "AES");
        } catch (IllegalArgumentException notBase64) {
            throw invalid(place);
        }
    }

    /** Never with the text: it would be in the log. */
    private static PlatformException invalid(String place) {
        return StoreError.ENCRYPTION_KEYS_INVALID.error().with("place", place).build();
    }

    String current() {
        return current;
    }

    SecretKey currentKey() {
        return find(current).orElseThrow();
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public String toString() {
        return "SealingKeys" + keys.keySet();
    }
}
