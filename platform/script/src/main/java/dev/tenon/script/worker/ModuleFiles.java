package dev.tenon.script.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.graalvm.polyglot.io.FileSystem;
import org.jspecify.annotations.Nullable;

/** The script files of one origin as a read-only file system; the only files a script can import. */
final class ModuleFiles implements FileSystem {

    private static final Path ROOT = Path.of("/");

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final int size;

    ModuleFiles(Map<String, String> sources) {
        int bytes = 0;
        for (Map.Entry<String, String> source : sources.entrySet()) {
            byte[] content = source.getValue().getBytes(StandardCharsets.UTF_8);
            bytes += content.length;
            files.put("/" + source.getKey(), content);
        }
        size = bytes;
    }

    int size() {
        return size;
    }

    boolean contains(String file) {
        return files.containsKey("/" + file);
    }

    /** The text of a line of a file, empty where there is none. */
    String source(String file) {
        byte[] content = files.get("/" + file);
        return content == null ? "" : new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public Path parsePath(URI uri) {
        throw new UnsupportedOperationException("scripts import files of their own package only, not " + uri);
    }

    @Override
    public Path parsePath(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException broken) {
            throw new IllegalArgumentException(path, broken);
        }
    }

    private byte[] require(Path path) throws NoSuchFileException {
        byte[] content = files.get(toAbsolutePath(path).normalize().toString());
        if (content == null) {
            throw new NoSuchFileException(path.toString());
        }
        return content;
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... linkOptions) throws IOException {
        require(path);
        if (modes.contains(AccessMode.WRITE) || modes.contains(AccessMode.EXECUTE)) {
            throw new ReadOnlyFileSystemException();
        }
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        return new Content(require(path));
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return ROOT.resolve(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... linkOptions) throws IOException {
        require(path);
        return toAbsolutePath(path).normalize();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("size", (long) require(path).length);
        values.put("isRegularFile", true);
        values.put("isDirectory", false);
        values.put("isSymbolicLink", false);
        values.put("isOther", false);
        // Always the same: nothing may tell one version of a file from another but its text.
        values.put("lastModifiedTime", FileTime.fromMillis(0));
        values.put("lastAccessTime", FileTime.fromMillis(0));
        values.put("creationTime", FileTime.fromMillis(0));
        return values;
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attrs) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        throw new NoSuchFileException(dir.toString());
    }

    /** Bytes in memory behind the channel that the engine reads from. */
    private static final class Content implements SeekableByteChannel {
        private final ByteBuffer bytes;
        private boolean open = true;

        Content(byte[] content) {
            bytes = ByteBuffer.wrap(content).asReadOnlyBuffer();
        }

        @Override
        public int read(@Nullable ByteBuffer target) {
            if (target == null || !bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(target.remaining(), bytes.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer source) {
            throw new NonWritableChannelException();
        }

        @Override
        public long position() {
            return bytes.position();
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            bytes.position((int) Math.min(newPosition, bytes.limit()));
            return this;
        }

        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public SeekableByteChannel truncate(long newSize) {
            throw new NonWritableChannelException();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
