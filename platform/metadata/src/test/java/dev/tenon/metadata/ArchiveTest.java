package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.RECRUITING;
import static dev.tenon.metadata.Fixtures.onlyProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    private static InputStream zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anArchiveMayHaveOneTopFolder() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("recruiting-1.0.0/package.yaml", text(RECRUITING));
        entries.put("recruiting-1.0.0/objects/Offer.yaml", text("label: Offer\n"));
        entries.put("__MACOSX/._x", text("x"));

        assertThat(PackageReader.readZip(zip(entries)).orThrow().elements()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.yaml", "objects/../../evil", "/etc/x", "a\\..\\b", "C:/x", "a//b"})
    void pathsThatLeaveThePackageAreRefused(String path) throws IOException {
        Checked<Layer> read = PackageReader.readZip(zip(Map.of("package.yaml", text(RECRUITING), path, text("x"))));

        assertThat(onlyProblem(read).code()).isEqualTo(MetadataError.PATH_UNSAFE);
    }

    @Test
    void anArchiveThatInflatesWithoutEndIsNotInflated() throws IOException {
        Checked<Layer> read = PackageReader.readZip(
                zip(Map.of("package.yaml", text(RECRUITING), "data/x.csv", new byte[80_000_000])));

        assertThat(read.problems()).extracting(Problem::code).contains(MetadataError.FILE_TOO_LARGE);
    }

    @Test
    void somethingThatIsNoArchiveIsTold() {
        assertThat(onlyProblem(PackageReader.readZip(new ByteArrayInputStream(text("hello"))))
                        .code())
                .isEqualTo(MetadataError.ARCHIVE_BROKEN);
    }

    @Test
    void aFolderIsReadWithoutHiddenFiles(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("package.yaml"), RECRUITING);
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "x");
        Files.createDirectories(folder.resolve("scripts/lib"));
        Files.writeString(folder.resolve("scripts/lib/a.js"), "export {}");

        assertThat(PackageReader.readFolder(folder).orThrow().script("scripts/lib/a.js"))
                .contains("export {}");
    }

    @Test
    void linksInAFolderAreRefused(@TempDir Path folder, @TempDir Path outside) throws IOException {
        Files.writeString(folder.resolve("package.yaml"), RECRUITING);
        Files.writeString(outside.resolve("secret.js"), "x");
        Files.createDirectories(folder.resolve("scripts"));
        Files.createSymbolicLink(folder.resolve("scripts/secret.js"), outside.resolve("secret.js"));

        assertThat(onlyProblem(PackageReader.readFolder(folder)).code()).isEqualTo(MetadataError.PATH_UNSAFE);
    }

    @Test
    void aMissingFolderIsTold(@TempDir Path folder) {
        assertThat(onlyProblem(PackageReader.readFolder(folder.resolve("none"))).code())
                .isEqualTo(MetadataError.FILE_UNREADABLE);
    }

    @Test
    void aWrittenArchiveIsReadBack() {
        Layer read = PackageReader.readZip(new ByteArrayInputStream(PackageWriter.zip(Fixtures.PRODUCT)))
                .orThrow();

        assertThat(read.sameContent(Fixtures.PRODUCT)).isTrue();
    }
}
