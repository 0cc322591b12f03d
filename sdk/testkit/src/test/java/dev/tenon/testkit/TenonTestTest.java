package dev.tenon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@TenonTest(
        packages = "src/test/resources/packages",
        install = "shop@1.0.0",
        plugins = {})
class TenonTestTest {

    @Test
    void theAnnotationStartsThePlatform(TestPlatform platform) {
        TestUser clerk = platform.user("clerk", "shop__clerk");

        assertThat(platform.tenant()).isEqualTo("test");
        assertThat(clerk.records()
                        .create("shop__Customer", Map.of("name", "Ann"))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void whatTheAnnotationCannotMeanIsToldBeforeTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setupOf(WithoutVersion.class))
                .withMessageContaining("name@version");
        assertThatIllegalStateException()
                .isThrownBy(() -> setupOf(BeforeThereIsAJar.class))
                .withMessageContaining("tenon.plugin.jar");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TestPlatform.setup().packages(Path.of("nowhere")).start())
                .withMessageContaining("nowhere");
    }

    private static TestPlatform.Setup setupOf(Class<?> annotated) {
        return TestPlatform.Setup.of(annotated.getAnnotation(TenonTest.class));
    }

    @TenonTest(
            install = "shop",
            plugins = {})
    private static final class WithoutVersion {}

    @TenonTest
    private static final class BeforeThereIsAJar {}
}
