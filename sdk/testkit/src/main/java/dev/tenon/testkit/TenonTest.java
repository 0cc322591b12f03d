package dev.tenon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts the platform before the first test of the class and stops it after the last one. Constructors, lifecycle methods
 * and tests of the class may take a {@link TestPlatform} as a parameter.
 *
 * <pre>{@code
 * @TenonTest(packages = "../recruiting/1.0.0", install = "recruiting@1.0.0")
 * class CreateLetterIT {
 *     @Test
 *     void theLetterIsAttached(TestPlatform platform) {
 *         TestUser recruiter = platform.user("rita", "recruiting__recruiter");
 *         …
 *     }
 * }
 * }</pre>
 *
 * <p>The plugin is loaded from its jar and sees what it will see in production: the JDK, the SDK, JSpecify, SLF4J and
 * what the jar holds. A start that fails (a package with mistakes, a plugin that throws in {@code contribute}) fails all
 * tests of the class with the platform's own message. Tests of the class share the tenant and its data: let each make
 * the records that it needs.
 *
 * <p>For a platform that needs more than this, register a {@link TenonExtension} with a {@link TestPlatform.Setup}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(TenonExtension.class)
public @interface TenonTest {

    /** The plugin that the build has made: the jar named by the system property {@code tenon.plugin.jar}. */
    String PLUGIN_UNDER_TEST = "plugin under test";

    /** Folders with packages, searched at any depth; relative ones begin at the module's folder. */
    String[] packages() default {};

    /** The tenant's packages as {@code name@version}; what one requires must stand before it. */
    String[] install() default {};

    /** Jars of plugins, installed and enabled for the tenant in this order. */
    String[] plugins() default PLUGIN_UNDER_TEST;

    /** Key of the tenant. */
    String tenant() default "test";
}
