package dev.tenon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordQuery;
import dev.tenon.testkit.greeting.GreetingPlugin;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestPlatformTest {

    private static final String CUSTOMER = "shop__Customer";

    @RegisterExtension
    static final TenonExtension TENON = new TenonExtension(TestPlatform.setup()
            .packages(Path.of("src/test/resources/packages"))
            .install("shop", "1.0.0")
            .plugin(GreetingJar.write("1.0.0"))
            .tenant("corner"));

    private final TestPlatform platform;
    private TestUser clerk;

    TestPlatformTest(TestPlatform platform) {
        this.platform = platform;
    }

    @BeforeEach
    void people() {
        clerk = platform.user("clerk", "shop__clerk");
    }

    private RecordData customer(String name) {
        return clerk.records().create(CUSTOMER, Map.of("name", name));
    }

    @Test
    void aUserCreatesReadsChangesAndDeletesRecords() {
        RecordData created = customer("Ann");
        RecordData changed = clerk.records().update(CUSTOMER, created.id(), created.version(), Map.of("name", "Anna"));

        assertThat(changed.value("name")).isEqualTo("Anna");
        assertThat(clerk.records().find(CUSTOMER, created.id())).contains(changed);
        assertThat(clerk.records().query(RecordQuery.of(CUSTOMER).where("name == wanted", Map.of("wanted", "Anna"))))
                .containsExactly(changed);

        clerk.records().delete(CUSTOMER, changed.id(), changed.version());
        assertThat(clerk.records().find(CUSTOMER, created.id())).isEmpty();
    }

    @Test
    void everybodyActsWithTheRightsOfTheirOwn() {
        RecordData mine = customer("Ben");

        assertThat(platform.user("other", "shop__clerk").records().find(CUSTOMER, mine.id()))
                .isEmpty();
        assertThat(platform.records().find(CUSTOMER, mine.id())).isPresent();
        PlatformException refused = catchThrowableOfType(
                PlatformException.class, () -> platform.admin().records().create(CUSTOMER, Map.of("name", "Cid")));
        assertThat(refused.code().id()).isEqualTo("records.unknown-object");
    }

    @Test
    void anActionOfThePluginRunsAsTheUserAndAttachesAFile() {
        RecordData customer = customer("Dora");

        ActionResult result = clerk.run(customer, "greeting__greet");

        assertThat(result.message()).isEqualTo("Hello Dora, says clerk");
        List<Attachment> attachments = clerk.records().attachments(CUSTOMER, customer.id());
        assertThat(attachments).extracting(Attachment::fileName).containsExactly("hello.txt");
        assertThat(new String(clerk.content(attachments.getFirst()), StandardCharsets.UTF_8))
                .isEqualTo(result.message());
        assertThat(platform.log())
                .anyMatch(line -> line.level().equals("INFO")
                        && line.logger().equals(GreetingPlugin.class.getName())
                        && line.message().equals("greeted Dora"));
        assertThat(platform.plugin("greeting").calls()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> platform.user("other", "shop__clerk").content(attachments.getFirst()));
    }

    @Test
    void thePluginIsTheJarsAndSeesOnlyWhatItWillSeeInProduction() {
        RecordData customer = customer("Emil");

        clerk.run(customer, "greeting__greet");

        // The class on the test's own class path was never called.
        assertThat(GreetingPlugin.GREETINGS).hasValue(0);
        assertThat(look(customer, "dev.tenon.sdk.plugin.TenonPlugin")).isEqualTo("sees TenonPlugin");
        assertThat(look(customer, "dev.tenon.testkit.TestPlatform")).isEqualTo("does not see it");
        assertThat(look(customer, "org.springframework.context.ApplicationContext"))
                .isEqualTo("does not see it");
        assertThat(look(customer, "org.junit.jupiter.api.Test")).isEqualTo("does not see it");
    }

    private String look(RecordData customer, String type) {
        return clerk.run(customer, "greeting__look", Map.of("type", type)).message();
    }

    @Test
    void aUserSpeaksHttpWithATokenOfItsOwn() {
        RecordData customer = customer("Fay");

        HttpResponse<String> found = clerk.get("/odata/shop__Customer(" + customer.id() + ")");
        HttpResponse<String> made = clerk.post("/odata/shop__Customer", "{\"name\":\"Gil\"}");

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("\"name\":\"Fay\"");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(platform.admin().get("/api/admin/plugins").body()).contains("\"greeting\"");
        assertThat(clerk.get("/api/admin/plugins").statusCode()).isEqualTo(403);
    }

    @Test
    void aUserIsMadeOnceAndSpeaksTheLanguageAskedFor() {
        TestUser li = platform.user("li", Locale.SIMPLIFIED_CHINESE, "shop__clerk");

        assertThat(platform.user("li")).isSameAs(li);
        assertThat(li.get("/api/me").body())
                .contains("\"zh-CN\"")
                .contains(li.id().toString());
        assertThatIllegalArgumentException().isThrownBy(() -> platform.user("li", "sys__administrator"));
    }

    @Test
    void aNewVersionOfThePluginReplacesTheRunningOne() {
        assertThat(platform.install(GreetingJar.write("1.0.1")).version()).isEqualTo("1.0.1");
        assertThat(platform.plugin("greeting").started()).isTrue();
        assertThat(platform.plugin("greeting").contributions()).containsExactlyInAnyOrder("greet", "look");
    }

    @Test
    void aJarThatIsNotThereIsToldWithWhatToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> platform.install(Path.of("nowhere.jar")))
                .withMessageContaining("nowhere.jar")
                .withMessageContaining("package");
    }

    @Nested
    class ANestedClass {

        @Test
        void hasThePlatformOfTheClassAroundIt(TestPlatform mine) {
            assertThat(mine).isSameAs(platform);
            assertThat(mine.tenant()).isEqualTo("corner");
        }
    }
}
