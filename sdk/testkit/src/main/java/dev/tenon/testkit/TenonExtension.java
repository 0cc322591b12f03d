package dev.tenon.testkit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The JUnit extension behind {@link TenonTest}. Registered by hand it takes a setup instead of the annotation:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TenonExtension TENON = new TenonExtension(TestPlatform.setup().plugin(jar));
 * }</pre>
 *
 * <p>The field must be static: one platform serves all tests of the class, nested ones included.
 */
public final class TenonExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(TenonExtension.class);
    private static final String PLATFORM = "platform";

    private final Optional<TestPlatform.Setup> setup;

    /** Called by JUnit for a class with {@link TenonTest}. */
    public TenonExtension() {
        this.setup = Optional.empty();
    }

    /** For {@code @RegisterExtension}. */
    public TenonExtension(TestPlatform.Setup setup) {
        this.setup = Optional.of(setup);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class finds the platform of the class around it.
        if (find(context) == null) {
            TestPlatform.Setup wanted = setup.orElseGet(() -> annotated(context));
            context.getStore(NAMESPACE).put(PLATFORM, wanted.start());
        }
    }

    private static TestPlatform.Setup annotated(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        return AnnotationSupport.findAnnotation(type, TenonTest.class)
                .map(TestPlatform.Setup::of)
                .orElseThrow(() -> new IllegalStateException(type.getName()
                        + " has neither @TenonTest nor a static field that registers a TenonExtension with a setup"));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Removes what this class has put there, never what the class around it has.
        TestPlatform platform = context.getStore(NAMESPACE).remove(PLATFORM, TestPlatform.class);
        if (platform != null) {
            platform.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestPlatform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestPlatform platform = find(context);
        if (platform == null) {
            throw new IllegalStateException("the platform runs from before the first test to after the last one");
        }
        return platform;
    }

    private static @Nullable TestPlatform find(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(PLATFORM, TestPlatform.class);
    }
}
