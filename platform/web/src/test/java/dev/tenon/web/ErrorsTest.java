package dev.tenon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.web.TestServer.Answer;
import dev.tenon.web.TestServer.Caller;
import dev.tenon.web.errors.WebError;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every failure is one kind of answer, in the caller's language, and tells nothing it should not. */
final class ErrorsTest {

    private static final String CUSTOMERS = "/odata/shop__Customer";
    private static Caller manager;

    @BeforeAll
    static void people() {
        manager = new Caller(
                TestServer.token(TestServer.person("errors-manager", "shop__manager", "sys__administrator")));
    }

    @Test
    void malformedJsonIsToldWithItsPlace() {
        Answer refused = manager.post(CUSTOMERS, "{\"name\":\n  oops}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().get("code").asString()).isEqualTo("web.malformed-json");
        assertThat(refused.json().get("args").get("line").asInt()).isEqualTo(2);
        assertThat(manager.post("/api/tokens", "{\"name\":").json().get("code").asString())
                .isEqualTo("web.malformed-json");
        assertThat(manager.post("/api/tokens", "{\"nmae\":\"x\"}")
                        .json()
                        .get("detail")
                        .asString())
                .contains("nmae");
    }

    @Test
    void textsAreInTheCallersLanguage() {
        Answer chinese = manager.get(CUSTOMERS + "?view=x", "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8");
        assertThat(chinese.json().get("detail").asString()).contains("没有列表视图");
        assertThat(chinese.json().get("title").asString()).isEqualTo("请求无效");
        assertThat(chinese.header("Content-Language")).isEqualTo("zh-CN");
        Answer english = manager.get(CUSTOMERS + "?view=x", "Accept-Language", "de");
        assertThat(english.json().get("detail").asString()).contains("no list view");
    }

    @Test
    void theTypeLeadsToAPageThatExplainsTheCode() {
        Answer refused = manager.get(CUSTOMERS + "?view=x");
        Answer page = new Caller("").get(refused.json().get("type").asString());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("no list view").contains("没有列表视图");
        assertThat(new Caller("").get("/errors/web.nonsense").status()).isEqualTo(404);
        assertThat(new Caller("").get("/errors/%3Cscript%3E").body()).doesNotContain("<script>");
    }

    @Test
    void theNumberInTheErrorIsTheOneInTheHeader() {
        Answer refused = manager.get(CUSTOMERS + "?view=x");
        assertThat(refused.header("X-Trace-Id"))
                .hasSize(32)
                .isEqualTo(refused.json().get("traceId").asString());
        Answer traced = manager.get(
                CUSTOMERS + "?view=x", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(traced.header("X-Trace-Id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void anInternalFailureTellsNothing() {
        Answer failed = manager.get("/api/notifications");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.json().get("code").asString()).isEqualTo("web.internal");
        assertThat(failed.body()).doesNotContain("secret detail").doesNotContain("IllegalState");
        assertThat(failed.json().get("detail").asString())
                .contains(failed.json().get("traceId").asString());
    }

    @Test
    void wrongAddressesMethodsAndTypesAreNamed() {
        assertThat(manager.get("/api/nonsense").status()).isEqualTo(404);
        Answer method = manager.send("PUT", CUSTOMERS, "{}");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.json().get("code").asString()).isEqualTo("web.method-not-allowed");
        assertThat(manager.post(CUSTOMERS, "name=x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(manager.get("/api/records/shop__Customer/notanid/history").status())
                .isEqualTo(400);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        Answer refused = manager.post(CUSTOMERS, "{\"name\":\"" + "x".repeat(70_000) + "\"}");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("code").asString()).isEqualTo("web.too-large");
    }

    @Test
    void whoIsNotSignedInIsToldSo() {
        Answer refused = new Caller("").get(CUSTOMERS);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(refused.json().get("code").asString()).isEqualTo("web.unauthenticated");
        assertThat(new Caller("").get("/api/health").status()).isEqualTo(200);
        assertThat(new Caller("").get("/api/startup").json().get("phase").asString())
                .isEqualTo("ready");
    }

    @Test
    void administrationNeedsItsRight() {
        Caller clerk = new Caller(TestServer.token(TestServer.person("errors-clerk", "shop__clerk")));
        Answer refused = clerk.get("/api/admin/users");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("args").get("permission").asString()).isEqualTo("manageUsers");
        assertThat(clerk.get("/api/admin/plugins").status()).isEqualTo(403);
        assertThat(clerk.get("/api/admin/packages").status()).isEqualTo(403);
        assertThat(clerk.get("/api/admin/scripts").status()).isEqualTo(403);
        assertThat(clerk.get("/api/imports").status()).isEqualTo(403);
        assertThat(manager.get("/api/admin/users").status()).isEqualTo(200);
        assertThat(manager.get("/api/admin/permission-sets").body()).contains("shop__clerk");
    }

    @Test
    void everyCodeHasATextInBothLanguages() {
        for (WebError error : WebError.values()) {
            String english = ErrorTexts.render(error, Map.of(), Locale.ENGLISH);
            String chinese = ErrorTexts.render(error, Map.of(), Locale.SIMPLIFIED_CHINESE);
            assertThat(english).isNotEqualTo(error.id());
            assertThat(chinese).isNotEqualTo(error.id()).isNotEqualTo(english);
        }
    }
}
