package dev.tenon.app;

import dev.tenon.metadata.SystemPackage;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Starts the platform. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(PlatformConfiguration.class)
public class TenonApplication {

    public static void main(String[] args) {
        runOrExit(args);
    }

    /**
     * For main methods: exit code 1 tells that the start has failed; the last lines of the log say why.
     *
     * @param more configuration classes
     */
    public static void runOrExit(String[] args, Class<?>... more) {
        try {
            run(args, more);
        } catch (SpringApplication.AbandonedRunException endedOnPurpose) {
            throw endedOnPurpose;
        } catch (RuntimeException told) {
            // Threads that libraries have left behind must not keep a server alive that does not serve.
            System.exit(1);
        }
    }

    /**
     * Starts the platform with further configuration, for demonstrations and tests.
     *
     * @param more configuration classes
     */
    public static ConfigurableApplicationContext run(String[] args, Class<?>... more) {
        // Takes a moment and needs nobody: it may as well be read beside everything else.
        Thread.ofPlatform().daemon().name("system-package").start(SystemPackage::layer);
        Class<?>[] sources = new Class<?>[more.length + 1];
        sources[0] = TenonApplication.class;
        System.arraycopy(more, 0, sources, 1, more.length);
        SpringApplication application = new SpringApplication(sources);
        // Whoever calls: the beans that were made ready at build time are found by this name.
        application.setMainApplicationClass(TenonApplication.class);
        return application.run(args);
    }
}
