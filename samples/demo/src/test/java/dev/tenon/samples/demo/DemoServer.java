package dev.tenon.samples.demo;

import dev.tenon.access.Identity;
import dev.tenon.app.TenonApplication;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The demo on a free port of this machine, with its data in a temporary folder; started once for all tests. */
final class DemoServer {

    private static final class Holder {
        private static final DemoServer RUNNING = new DemoServer();
    }

    private final Path data;
    private final ConfigurableApplicationContext context;
    private final Map<String, Api> programs = new ConcurrentHashMap<>();

    private DemoServer() {
        try {
            data = Files.createTempDirectory("tenon-story");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Without the plugin: the story installs it on the running server.
        context = TenonApplication.run(
                new String[] {"--server.port=0", "--tenon.data=" + data, "--logging.level.root=warn"},
                DemoConfiguration.class);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static DemoServer running() {
        return Holder.RUNNING;
    }

    String address() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** The HTTP interface as a program of the person uses it. */
    Api as(String tenant, String login) {
        return programs.computeIfAbsent(tenant + "/" + login, who -> new Api(address(), token(tenant, login)));
    }

    UUID user(String tenant, String login) {
        return account(tenant, login).id();
    }

    private UserAccount account(String tenant, String login) {
        return context.getBean(Users.class).all(Users.platform(tenant)).stream()
                .filter(user -> user.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    private String token(String tenant, String login) {
        Identity identity = context.getBean(Users.class)
                .identity(tenant, account(tenant, login).id())
                .orElseThrow();
        return context.getBean(AccessTokens.class).create(identity, "story", 1).text();
    }

    private void stop() {
        context.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
