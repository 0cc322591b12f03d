package dev.tenon.testkit;

import dev.tenon.access.Identity;
import dev.tenon.app.TenonApplication;
import dev.tenon.plugin.PluginHost;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.Records;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running platform with one tenant: an H2 database in a temporary folder, HTTP on a free port of this machine, and no
 * data but what the packages bring. Everything about it is as in production, only the log is quieter.
 *
 * <p>Safe for use by several threads. What the platform refuses is thrown as
 * {@link dev.tenon.sdk.error.PlatformException}, with the code that a plugin or a program would get.
 */
public final class TestPlatform implements AutoCloseable {

    /** The permission set of {@link #admin()}. */
    private static final String ADMINISTRATOR = "sys__administrator";

    private static final String PASSWORD = "k3v9 zq7x w2m8";

    private final Path data;
    private final ConfigurableApplicationContext context;
    private final PlatformLog log;
    private final String tenant;
    private final Map<String, TestUser> users = new ConcurrentHashMap<>();

    private TestPlatform(Path data, ConfigurableApplicationContext context, PlatformLog log, String tenant) {
        this.data = data;
        this.context = context;
        this.log = log;
        this.tenant = tenant;
    }

    /** A platform to be described and started. A class with {@link TenonTest} needs no call of this. */
    public static Setup setup() {
        return new Setup(List.of(), List.of(), List.of(), "test");
    }

    /** The tenant's key. */
    public String tenant() {
        return tenant;
    }

    /** Where HTTP is served, for example {@code http://localhost:54321}; without a slash at the end. */
    public URI address() {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /**
     * The tenant's administrator: may customize, manage packages, plugins, users and approvals. Business records this user
     * sees as little as a real one whom no package grants them.
     */
    public TestUser admin() {
        return user("admin", ADMINISTRATOR);
    }

    /**
     * The user with this login, made at the first call: English, in UTC.
     *
     * @param permissionSets global names, for example {@code recruiting__recruiter}; later calls with the same login may
     *     leave them out, and must not name others
     */
    public TestUser user(String login, String... permissionSets) {
        TestUser user = users.computeIfAbsent(login, l -> create(l, Locale.ENGLISH, Set.of(permissionSets)));
        if (permissionSets.length > 0 && !user.permissionSets().equals(Set.of(permissionSets))) {
            throw new IllegalArgumentException(login + " has " + user.permissionSets() + " already");
        }
        return user;
    }

    /** As {@link #user(String, String...)}, with another language for texts and messages. */
    public TestUser user(String login, Locale language, String... permissionSets) {
        users.computeIfAbsent(login, l -> create(l, language, Set.of(permissionSets)));
        return user(login, permissionSets);
    }

    /**
     * Records with the rights of the platform itself, for what a test needs beside what it tests: master data, a record in a
     * state that only an approval leads to. Triggers and rules run, rights are not asked. The client pins the tenant's
     * present model.
     */
    public RecordClient records() {
        return context.getBean(Records.class)
                .open(Users.platform(tenant), Channel.SYSTEM)
                .client();
    }

    private TestUser create(String login, Locale language, Set<String> permissionSets) {
        Users all = context.getBean(Users.class);
        UserAccount account = all.create(
                Users.platform(tenant),
                new NewUser(login, login, null, language, ZoneOffset.UTC, PASSWORD, permissionSets, null));
        Identity identity = all.identity(tenant, account.id()).orElseThrow();
        String token = context.getBean(AccessTokens.class)
                .create(identity, "testkit", 1)
                .text();
        return new TestUser(
                account,
                address(),
                token,
                () -> all.identity(tenant, account.id())
                        .map(now -> context.getBean(Records.class).open(now, Channel.API))
                        .orElseThrow(() -> new IllegalStateException(login + " was deactivated")));
    }

    /** What the platform and the plugins have logged since the start, at level INFO and above, oldest first. */
    public List<LogLine> log() {
        return log.lines();
    }

    /**
     * How the platform sees the plugin: its state, what it contributes, its calls and failures.
     *
     * @param id its {@code Plugin-Id}
     */
    public TestPlugin plugin(String id) {
        return context.getBean(PluginHost.class)
                .find(id)
                .map(TestPlugin::of)
                .orElseThrow(() -> new IllegalArgumentException("no plugin " + id + " is installed"));
    }

    /**
     * Installs the jar and enables the plugin for the tenant; one that is installed already is upgraded, as it is on a
     * running server.
     */
    public TestPlugin install(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("no plugin's jar at " + jar.toAbsolutePath()
                    + ": it is there after Maven's phase package, so the test must be a *IT run behind it");
        }
        PluginHost host = context.getBean(PluginHost.class);
        String id = host.install(jar).id();
        context.getBean(Packages.class)
                .enablePlugin(Users.platform(tenant), id, host.packageFiles(id))
                .orThrow();
        return plugin(id);
    }

    /** Stops the platform and deletes its data. Called by the extension. */
    @Override
    public void close() {
        log.close();
        context.close();
        delete(data);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a platform starts with. Immutable: every method returns another one. */
    public static final class Setup {

        private final List<Path> packages;
        private final List<PackageId> installed;
        private final List<Path> plugins;
        private final String tenant;

        private Setup(List<Path> packages, List<PackageId> installed, List<Path> plugins, String tenant) {
            this.packages = packages;
            this.installed = installed;
            this.plugins = plugins;
            this.tenant = tenant;
        }

        static Setup of(TenonTest test) {
            Setup setup = setup().tenant(test.tenant());
            for (String folder : test.packages()) {
                setup = setup.packages(Path.of(folder));
            }
            for (String id : test.install()) {
                String[] parts = id.split("@", -1);
                if (parts.length != 2) {
                    throw new IllegalArgumentException("install names packages as name@version, not " + id);
                }
                setup = setup.install(parts[0], parts[1]);
            }
            for (String jar : test.plugins()) {
                setup = jar.equals(TenonTest.PLUGIN_UNDER_TEST) ? setup.pluginUnderTest() : setup.plugin(Path.of(jar));
            }
            return setup;
        }

        /** Makes the packages in the folder, at any depth, available. */
        public Setup packages(Path folder) {
            return new Setup(with(packages, folder), installed, plugins, tenant);
        }

        /** Gives the tenant the package. */
        public Setup install(String name, String version) {
            return new Setup(packages, with(installed, new PackageId(name, version)), plugins, tenant);
        }

        /** Installs the jar and enables its plugin for the tenant. */
        public Setup plugin(Path jar) {
            return new Setup(packages, installed, with(plugins, jar), tenant);
        }

        /** The plugin that the build has made. */
        public Setup pluginUnderTest() {
            String jar = System.getProperty("tenon.plugin.jar");
            if (jar == null || jar.isEmpty()) {
                throw new IllegalStateException("the system property tenon.plugin.jar names no jar;"
                        + " tenon-plugin-parent sets it for tests named *IT, which run behind Maven's phase package");
            }
            return plugin(Path.of(jar));
        }

        /** Names the tenant; {@code test} without. */
        public Setup tenant(String key) {
            return new Setup(packages, installed, plugins, key);
        }

        /** Starts the platform on the calling thread and returns when it serves; to be closed by the caller. */
        public TestPlatform start() {
            for (Path folder : packages) {
                if (!Files.isDirectory(folder)) {
                    throw new IllegalArgumentException("no folder of packages at " + folder.toAbsolutePath());
                }
            }
            Path data = temporary();
            List<String> arguments = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--tenon.data=" + data,
                    "--logging.level.root=info",
                    // The terminal is for the tests; everything is in TestPlatform.log().
                    "--logging.threshold.console=warn"));
            for (int i = 0; i < packages.size(); i++) {
                arguments.add("--tenon.packages[" + i + "]=" + packages.get(i).toAbsolutePath());
            }
            ConfigurableApplicationContext context;
            try {
                context = TenonApplication.run(arguments.toArray(String[]::new));
            } catch (RuntimeException failed) {
                delete(data);
                throw failed;
            }
            TestPlatform platform = new TestPlatform(data, context, PlatformLog.listening(), tenant);
            try {
                context.getBean(Tenants.class).create(Users.platform(tenant), tenant, tenant, installed);
                plugins.forEach(platform::install);
                return platform;
            } catch (RuntimeException failed) {
                platform.close();
                throw failed;
            }
        }

        private static Path temporary() {
            try {
                return Files.createTempDirectory("tenon-test");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static <T> List<T> with(List<T> list, T more) {
            return Stream.concat(list.stream(), Stream.of(more)).toList();
        }
    }
}
