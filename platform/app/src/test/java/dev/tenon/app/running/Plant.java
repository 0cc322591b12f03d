package dev.tenon.app.running;

import dev.tenon.access.Identity;
import dev.tenon.app.TenonApplication;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The program with one small tenant, started once for all tests of this package; people reach it over HTTP. */
final class Plant {

    static final String DEVICES = "/odata/plant__Device";
    static final String SITES = "/odata/plant__Site";

    private static final String TENANT = "plant";
    private static final String OPERATOR_TOKEN = "a-secret-of-the-operator-that-is-long-enough";
    /** Tables with more rows are changed in the background. */
    static final int ONLINE_ROWS = 500;

    private static final Plant RUNNING = new Plant();

    private final ConfigurableApplicationContext context;
    private final Path data;
    private final String address;
    private final Http administrator;
    private final Http operator;
    private final Http watcher;

    private Plant() {
        try {
            data = Files.createTempDirectory("tenon-plant");
            context = TenonApplication.run(new String[] {
                "--server.port=0",
                "--tenon.data=" + data,
                "--tenon.packages=src/test/resources/running/plant",
                "--tenon.web.operator-token=" + OPERATOR_TOKEN,
                // Little memory, so that it is used up before the time is.
                "--tenon.scripts.heap-megabytes=96",
                "--tenon.scripts.deadline-millis=2000",
                "--tenon.schema.online-rows=" + ONLINE_ROWS,
                "--logging.level.dev.tenon=error"
            });
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            context.getBean(Tenants.class)
                    .create(Users.platform(TENANT), TENANT, "Plant", List.of(new PackageId("plant", "1.0.0")));
            address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
            administrator = person(TENANT, "admin", "sys__administrator", "plant__operator");
            watcher = person(TENANT, "watcher", "plant__watcher");
            operator = new Http(address, OPERATOR_TOKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of somebody who is there already. */
    static Http known(String tenant, String login) {
        Users users = RUNNING.context.getBean(Users.class);
        UserAccount account = users.all(Users.platform(tenant)).stream()
                .filter(user -> user.login().equals(login))
                .findFirst()
                .orElseThrow();
        return RUNNING.http(users.identity(tenant, account.id()).orElseThrow());
    }

    private Http http(Identity identity) {
        return new Http(
                address,
                context.getBean(AccessTokens.class).create(identity, "test", 1).text());
    }

    private Http person(String tenant, String login, String... permissionSets) {
        Users users = context.getBean(Users.class);
        NewUser person = new NewUser(
                login, login, null, Locale.ENGLISH, ZoneOffset.UTC, "a good password", Set.of(permissionSets), null);
        Identity identity = users.identity(
                        tenant, users.create(Users.platform(tenant), person).id())
                .orElseThrow();
        return http(identity);
    }

    private void stop() {
        context.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new person of this tenant. */
    static Http someone(String login, String... permissionSets) {
        return RUNNING.person(TENANT, login, permissionSets);
    }

    /** A new person of another tenant with the same product, who works with its sites and devices. */
    static Http worker(String tenant) {
        return RUNNING.person(tenant, "worker", "plant__operator");
    }

    /** The files that a tenant's people have stored. */
    static List<Path> files(String tenant) {
        try (Stream<Path> all = Files.walk(RUNNING.data)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/files/t_" + tenant + "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An administrator who also works with the devices. */
    static Http administrator() {
        return RUNNING.administrator;
    }

    /** Somebody who sees fresh devices only, and of no device the price. */
    static Http watcher() {
        return RUNNING.watcher;
    }

    /** Somebody new who plans duties, and sees those of others as far as they were made today. */
    static Http dutyWorker(String login) {
        return RUNNING.person(TENANT, login, "plant__dutyWorker");
    }

    /** Who runs the server. */
    static Http operator() {
        return RUNNING.operator;
    }
}
