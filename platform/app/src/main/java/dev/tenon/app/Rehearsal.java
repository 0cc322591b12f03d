package dev.tenon.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A start on an empty temporary folder that serves the first pages and ends. The launcher lets the JVM record it, so
 * that later starts find their classes loaded and linked; a script worker does the same.
 */
final class Rehearsal {

    private static final List<String> FIRST_PAGES = List.of("/", "/login", "/api/health", "/oauth2/jwks", "/api/me");

    private Rehearsal() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("tenon-rehearsal");
        boolean failed = false;
        try {
            CodeHosts.archiveClasses(rehearse(data));
        } catch (RuntimeException told) {
            failed = true;
        } finally {
            remove(data);
        }
        if (failed) {
            // Threads that libraries have left behind must not keep a rehearsal alive that has failed.
            System.exit(1);
        }
    }

    private static TenonSettings.Scripts rehearse(Path data) throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context = TenonApplication.run(
                new String[] {"--server.port=0", "--tenon.data=" + data, "--logging.level.dev.tenon=warn"})) {
            visit("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
            return context.getBean(TenonSettings.class).scripts();
        }
    }

    private static void visit(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String page : FIRST_PAGES) {
                HttpResponse<Void> answer = client.send(
                        HttpRequest.newBuilder(URI.create(address + page)).build(),
                        HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() >= 500) {
                    throw new IOException(page + " answers " + answer.statusCode());
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
