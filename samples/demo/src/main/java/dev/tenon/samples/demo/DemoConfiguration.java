package dev.tenon.samples.demo;

import dev.tenon.approval.Approvals;
import dev.tenon.plugin.PluginHost;
import dev.tenon.records.Records;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.security.DemoLogins;
import dev.tenon.web.security.DemoLogins.DemoLogin;
import dev.tenon.web.system.StartupProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What a demo has beyond the platform: customers and data made at the first start, and logins on the login page. */
@Configuration(proxyBeanMethods = false)
class DemoConfiguration {

    private static final String MARKET_LAYER = "tenon/packages/market-custom/";

    @Bean
    DemoLogins demoLogins() {
        return new DemoLogins(Stream.of(DemoSetup.STANDARD, DemoSetup.MARKET)
                .flatMap(tenant -> DemoPeople.of(tenant).stream()
                        .map(person -> new DemoLogin(
                                tenant,
                                person.login(),
                                DemoPeople.PASSWORD,
                                person.role().english,
                                person.role().chinese)))
                .toList());
    }

    @Bean
    DemoSetup demoSetup(
            Tenants tenants,
            Packages packages,
            Customizing customizing,
            Users users,
            Records records,
            Approvals approvals,
            PluginHost plugins,
            InstantSource clock,
            StartupProgress progress,
            @Value("${tenon.demo.plugin:}") String plugin)
            throws IOException {
        DemoSetup.Platform platform =
                new DemoSetup.Platform(tenants, packages, customizing, users, records, approvals, plugins, clock);
        return new DemoSetup(
                platform,
                marketLayer(),
                plugin.isBlank() ? Optional.empty() : Optional.of(Path.of(plugin)),
                new DemoConsole(progress));
    }

    /** The server answers while data is made: the login page shows how far it is. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> demoRun(DemoSetup setup, StartupProgress progress) {
        return ready -> {
            setup.run();
            progress.ready();
            String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
            DemoConsole.welcome("http://localhost:" + port + "/");
        };
    }

    private static Map<String, byte[]> marketLayer() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Resource file : List.of(
                new PathMatchingResourcePatternResolver().getResources("classpath*:" + MARKET_LAYER + "**/*.*"))) {
            String url = file.getURL().toString();
            files.put(url.substring(url.indexOf(MARKET_LAYER) + MARKET_LAYER.length()), file.getContentAsByteArray());
        }
        return files;
    }
}
