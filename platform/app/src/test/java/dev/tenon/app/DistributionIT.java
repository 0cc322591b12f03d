package dev.tenon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpacked distribution as an operator runs it. */
class DistributionIT {

    private static final Path HOME = Distribution.HOME;

    @TempDir
    Path folder;

    @Test
    void trainedOnceItStartsFromItsCacheServesPagesAndStopsWhenTold() throws IOException, InterruptedException {
        ProcessBuilder launcher = Distribution.trained("--tenon.data=" + folder.resolve("data"));
        // With this mode the JVM refuses to start when it cannot use the cache.
        launcher.environment().put("TENON_JAVA_OPTS", "-XX:AOTMode=on");
        assertThat(HOME.resolve("cache/tenon.aot")).isNotEmptyFile();
        assertThat(HOME.resolve("cache/script-worker.jsa")).isNotEmptyFile();

        int port = freePort();
        launcher.command().add("--server.port=" + port);
        Process server =
                launcher.redirectErrorStream(true).redirectOutput(log()).start();
        try {
            HttpResponse<String> page = awaitPage(server, "http://localhost:" + port + "/login");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<form");
            assertThat(awaitWorker(server))
                    .contains("-XX:SharedArchiveFile=" + HOME.resolve("cache/script-worker.jsa"));
        } finally {
            server.destroy();
        }
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).as("ended by SIGTERM").isEqualTo(143);
    }

    private HttpResponse<String> awaitPage(Process server, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    return client.send(request, HttpResponse.BodyHandlers.ofString());
                } catch (ConnectException notYet) {
                    assertThat(server.isAlive()).as(output()).isTrue();
                    assertThat(System.nanoTime()).as(output()).isLessThan(end);
                    Thread.sleep(100);
                }
            }
        }
    }

    /** The command of a script worker; they start when the server has been quiet for a moment. */
    private static String awaitWorker(Process server) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            Optional<String> command = server.descendants()
                    .flatMap(worker -> worker.info().commandLine().stream())
                    .findFirst();
            if (command.isPresent()) {
                return command.get();
            }
            Thread.sleep(100);
        }
        return "no worker";
    }

    private File log() {
        return folder.resolve("output.txt").toFile();
    }

    private String output() throws IOException {
        return Files.readString(log().toPath());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
