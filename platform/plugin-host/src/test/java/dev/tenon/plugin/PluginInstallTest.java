package dev.tenon.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInstallTest {

    private static final String HELLO =
            "to.action(\"hello\", (record, parameters, context) -> ActionResult.message(\"%s\"));";

    @TempDir
    private Path folder;

    private PluginSettings settings;
    private PluginHost host;

    @BeforeEach
    void open() {
        settings = PluginSettings.in(folder.resolve("plugins"))
                .withTimeouts(
                        Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(5));
        host = new PluginHost(settings);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private Path jar(PluginBuilder builder) {
        return builder.build(folder.resolve("upload.jar"));
    }

    private static PluginBuilder hello(String version, String text) {
        return PluginBuilder.contributing("hello", version, HELLO.formatted(text));
    }

    private String say() {
        return host.action("hello", "hello")
                .run(Caller.RECORD, Map.of(), new Caller())
                .message();
    }

    private PlatformException refused(PluginBuilder builder) {
        return refused(jar(builder));
    }

    private PlatformException refused(Path jar) {
        PlatformException failure = catchThrowableOfType(PlatformException.class, () -> host.install(jar));
        assertThat(failure).isNotNull();
        assertThat(ErrorTexts.render(failure.code(), failure.args(), Locale.ENGLISH))
                .doesNotContain("{");
        assertThat(ErrorTexts.render(failure.code(), failure.args(), Locale.SIMPLIFIED_CHINESE))
                .doesNotContain("{");
        return failure;
    }

    private List<Path> installedJars() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("plugins"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void anInstalledPluginCanBeCalledAndIsDescribed() {
        PluginStatus status = host.install(jar(hello("1.0.0", "hi")
                .attribute("Plugin-Description", "Says hello")
                .attribute("Tenon-Scopes", "records.read, attachments")));
        assertThat(status.state()).isEqualTo(PluginStatus.State.STARTED);
        assertThat(status.title()).isEqualTo("Says hello");
        assertThat(status.scopes()).containsExactlyInAnyOrder(Scope.RECORDS_READ, Scope.ATTACHMENTS);
        assertThat(status.contributions().get(PluginHost.Kind.ACTION)).containsExactly("hello");
        assertThat(say()).isEqualTo("hi");
        assertThat(host.contributes("hello", "hello", PluginHost.Kind.ACTION)).isTrue();
        assertThat(host.contributes("hello", "hello", PluginHost.Kind.TRIGGER)).isFalse();
        assertThat(host.find("hello").orElseThrow().calls()).isEqualTo(1);
    }

    @Test
    void whatIsInstalledIsThereAfterARestart() {
        host.install(jar(hello("1.0.0", "hi")));
        host.close();
        host = new PluginHost(settings);
        assertThat(host.restore())
                .singleElement()
                .satisfies(p -> assertThat(p.version()).isEqualTo("1.0.0"));
        assertThat(say()).isEqualTo("hi");
    }

    @Test
    void anUpgradeReplacesTheOldVersionOnDiskToo() throws IOException {
        host.install(jar(hello("1.0.0", "one")));
        host.install(jar(hello("1.1.0", "two")));
        assertThat(say()).isEqualTo("two");
        assertThat(installedJars())
                .singleElement()
                .satisfies(f -> assertThat(f)
                        .hasFileName(f.getFileName().toString())
                        .asString()
                        .contains("hello-1.1.0-"));
        host.install(jar(hello("1.1.0", "rebuilt")));
        assertThat(say()).isEqualTo("rebuilt");
        assertThat(installedJars()).hasSize(1);
    }

    @Test
    void aFailedUpgradeKeepsTheOldVersionRunning() throws IOException {
        host.install(jar(hello("1.0.0", "one")));
        PlatformException failure = refused(
                PluginBuilder.contributing("hello", "2.0.0", "throw new IllegalStateException(\"no licence\");"));
        assertThat(failure.code()).isEqualTo(PluginError.START_FAILED);
        assertThat(say()).isEqualTo("one");
        assertThat(host.find("hello").orElseThrow().version()).isEqualTo("1.0.0");
        assertThat(installedJars()).hasSize(1);
        refused(hello("3.0.0", "x").attribute("Tenon-Sdk-Version", ">=9.0.0"));
        assertThat(say()).isEqualTo("one");
    }

    @Test
    void ofTwoVersionsLeftByACrashTheNewerOneThatStartsWins() throws IOException {
        host.install(jar(hello("1.0.0", "one")));
        host.close();
        Path broken = PluginBuilder.contributing("hello", "2.0.0", "throw new Error();")
                .build(folder.resolve("plugins/hello-2.0.0-aaaa.jar"));
        Files.setLastModifiedTime(
                broken, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 10_000));
        host = new PluginHost(settings);
        host.restore();
        assertThat(say()).isEqualTo("one");
        assertThat(installedJars()).hasSize(1);
    }

    @Test
    void aPluginThatFailsAtStartIsListedAndTheOthersRun() {
        host.install(jar(hello("1.0.0", "one")));
        host.close();
        PluginBuilder.contributing("sick", "1.0.0", "throw new Error(\"x\");")
                .build(folder.resolve("plugins/sick-1.0.0-aa.jar"));
        try {
            Files.writeString(folder.resolve("plugins/junk.jar"), "no jar");
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
        host = new PluginHost(settings);
        assertThat(host.restore()).extracting(PluginStatus::id).containsExactly("hello", "junk.jar", "sick");
        assertThat(say()).isEqualTo("one");
        PluginStatus sick = host.find("sick").orElseThrow();
        assertThat(sick.state()).isEqualTo(PluginStatus.State.FAILED);
        assertThat(sick.error().orElseThrow().code()).isEqualTo(PluginError.START_FAILED);
        assertThat(sick.error().orElseThrow().source().orElseThrow().file()).isEqualTo("acme/Main.java");
        assertThat(sick.error().orElseThrow().source().orElseThrow().line()).isEqualTo(8);
        PlatformException call = catchThrowableOfType(
                PlatformException.class, () -> host.action("sick", "x").run(Caller.RECORD, Map.of(), new Caller()));
        assertThat(call.code()).isEqualTo(PluginError.NOT_STARTED);
        host.remove("junk.jar");
        assertThat(host.find("junk.jar")).isEmpty();
    }

    @Test
    void aRemovedPluginIsGone() throws IOException {
        host.install(jar(hello("1.0.0", "hi")));
        host.remove("hello");
        assertThat(host.plugins()).isEmpty();
        assertThat(installedJars()).isEmpty();
        PlatformException failure = catchThrowableOfType(PlatformException.class, this::say);
        assertThat(failure.code()).isEqualTo(PluginError.NOT_FOUND);
    }

    @Test
    void aStoppedPluginCanBeStartedAgain() {
        host.install(jar(hello("1.0.0", "hi")));
        assertThat(host.stop("hello").state()).isEqualTo(PluginStatus.State.STOPPED);
        assertThat(catchThrowableOfType(PlatformException.class, this::say).code())
                .isEqualTo(PluginError.NOT_STARTED);
        assertThat(host.start("hello").state()).isEqualTo(PluginStatus.State.STARTED);
        assertThat(say()).isEqualTo("hi");
    }

    @Test
    void aNewerSdkIsRefusedWithAClearText() {
        PlatformException failure = refused(hello("1.0.0", "x").attribute("Tenon-Sdk-Version", ">=0.2.0 <0.3.0"));
        assertThat(failure.code()).isEqualTo(PluginError.SDK_TOO_NEW);
        assertThat(ErrorTexts.render(failure.code(), failure.args(), Locale.ENGLISH))
                .isEqualTo("The plugin \"hello\" 1.0.0 needs the Tenon SDK >=0.2.0 <0.3.0; this server has 0.1.0."
                        + " Update the server, or install a version of the plugin that was built for 0.1.0.");
        assertThat(refused(hello("1.0.0", "x").attribute("Tenon-Sdk-Version", "<0.1.0"))
                        .code())
                .isEqualTo(PluginError.SDK_TOO_OLD);
    }

    @Test
    void brokenJarsAreRefused() throws IOException {
        assertThat(refused(Files.writeString(folder.resolve("a.jar"), "not a zip"))
                        .code())
                .isEqualTo(PluginError.BROKEN_JAR);
        byte[] whole = hello("1.0.0", "x").bytes();
        assertThat(refused(Files.write(folder.resolve("b.jar"), java.util.Arrays.copyOf(whole, whole.length / 2)))
                        .code())
                .isEqualTo(PluginError.BROKEN_JAR);
        byte[] damaged = hello("1.0.0", "x").file("data.bin", new byte[10_000]).bytes();
        for (int i = 300; i < 340; i++) {
            damaged[i] ^= 0x55;
        }
        assertThat(refused(Files.write(folder.resolve("c.jar"), damaged)).code())
                .isEqualTo(PluginError.BROKEN_JAR);
        assertThat(refused(folder.resolve("missing.jar")).code()).isEqualTo(PluginError.BROKEN_JAR);
    }

    @Test
    void manifestsAreChecked() {
        for (String attribute : List.of("Plugin-Id", "Plugin-Version", "Plugin-Class", "Tenon-Sdk-Version")) {
            PlatformException failure = refused(hello("1.0.0", "x").without(attribute));
            assertThat(failure.code()).isEqualTo(PluginError.MANIFEST_MISSING);
            assertThat(failure.args()).containsEntry("attribute", attribute);
        }
        assertThat(refused(hello("one", "x")).code()).isEqualTo(PluginError.MANIFEST_INVALID);
        assertThat(refused(hello("1.0.0", "x").attribute("Plugin-Id", "../evil"))
                        .code())
                .isEqualTo(PluginError.MANIFEST_INVALID);
        assertThat(refused(hello("1.0.0", "x").attribute("Tenon-Scopes", "records.rad"))
                        .code())
                .isEqualTo(PluginError.MANIFEST_INVALID);
        assertThat(refused(hello("1.0.0", "x").attribute("Tenon-Sdk-Version", "newest"))
                        .code())
                .isEqualTo(PluginError.MANIFEST_INVALID);
    }

    @Test
    void aMainClassThatIsMissingOrNoPluginIsRefused() {
        assertThat(refused(hello("1.0.0", "x").attribute("Plugin-Class", "acme.Man"))
                        .code())
                .isEqualTo(PluginError.CLASS_MISSING);
        assertThat(refused(new PluginBuilder("hello", "1.0.0")
                                .source("acme.Main", "package acme; public class Main {}"))
                        .code())
                .isEqualTo(PluginError.CLASS_MISSING);
        assertThat(refused(new PluginBuilder("hello", "1.0.0").source("acme.Main", """
                                        package acme;
                                        public abstract class Main implements dev.tenon.sdk.plugin.TenonPlugin {}
                                        """))
                        .code())
                .isEqualTo(PluginError.CLASS_MISSING);
    }

    @Test
    void sizesAreLimited() {
        host.close();
        host = new PluginHost(settings.withSizes(1_000_000, 2_000_000, 4));
        assertThat(refused(hello("1.0.0", "x").file("zeros", new byte[3_000_000]))
                        .code())
                .isEqualTo(PluginError.TOO_LARGE);
        byte[] noise = new byte[1_500_000];
        new java.util.Random(1).nextBytes(noise);
        assertThat(refused(hello("1.0.0", "x").file("noise", noise)).code()).isEqualTo(PluginError.TOO_LARGE);
    }

    @Test
    void aPluginThatNeverComesBackFromItsStartIsGivenUp() {
        PlatformException failure = refused(PluginBuilder.contributing(
                "hello", "1.0.0", "try { Thread.sleep(60_000); } catch (InterruptedException e) {}"));
        assertThat(failure.code()).isEqualTo(PluginError.START_TIMEOUT);
    }

    @Test
    void twoContributionsOfOneNameAreRefused() {
        PlatformException failure =
                refused(PluginBuilder.contributing("hello", "1.0.0", HELLO.formatted("a") + HELLO.formatted("b")));
        assertThat(failure.code()).isEqualTo(PluginError.START_FAILED);
        assertThat(failure.args().get("message").toString()).contains("named hello");
    }

    @Test
    void theMetadataPackageInsideIsHandedOut() {
        host.install(jar(hello("1.0.0", "x")
                .file("tenon-package/package.yaml", "name: hello")
                .file("tenon-package/objects/A.yaml", "label: A")
                .file("other.txt", "no")));
        assertThat(host.packageFiles("hello")).containsOnlyKeys("package.yaml", "objects/A.yaml");
        assertThat(host.packageFiles("hello").get("package.yaml")).asString().isEqualTo("name: hello");
    }
}
