package dev.tenon.samples.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** The story in a real browser, chapter by chapter on one running platform; each chapter builds on the ones before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryTest {

    private static final DemoServer SERVER = DemoServer.running();
    private static Browser browser;

    @BeforeAll
    static void openBrowser() {
        browser = new Browser(SERVER.address());
    }

    @AfterAll
    static void closeBrowser() {
        assertThat(browser.faults()).as("faults of the console's code").isEmpty();
        browser.close();
    }

    @Test
    @Order(1)
    void everybodySeesTheAppsAndRecordsOfTheirRightsInTheirLanguage() {
        int candidates = SERVER.as("standard", "recruiter")
                .read("/odata/recruiting__Candidate?$count=true&$top=0")
                .get("@odata.count")
                .asInt();
        assertThat(candidates).isGreaterThanOrEqualTo(2_000);
        try (Browser.Person recruiter = browser.login("standard", "recruiter", "en-US")) {
            recruiter.look("home");
            recruiter.open("/o/recruiting__Candidate");
            assertThat(recruiter.marked("total")).hasText(candidates + " records");
            recruiter.open("/o/recruiting__Offer");
            recruiter.marked("show-chart").click();
            assertThat(recruiter.marked("chart").locator("svg[baseProfile=full]"))
                    .isVisible();
            recruiter.look("offers");
            recruiter.switchTo("简体中文");
            assertThat(recruiter.page.locator("h1")).hasText("录用");
            recruiter.look("offers-in-chinese");
            recruiter.switchTo("English");
            assertThat(recruiter.page.locator("h1")).hasText("Offers");
        }
        try (Browser.Person manager = browser.login("standard", "manager", "en-US")) {
            manager.open("/o/recruiting__Candidate");
            assertThat(manager.marked("total")).hasText(candidates + " records");
            assertThat(manager.page.getByText("Expected salary")).hasCount(0);
        }
    }

    @Test
    @Order(2)
    void thePartnersPluginIsInstalledAndEnabledOnTheRunningServer() {
        try (Browser.Person admin = browser.login("market", "admin", "en-US")) {
            admin.open("/setup/plugins");
            admin.page.locator("input[type=file]").setInputFiles(Path.of(System.getProperty("tenon.story.plugin")));
            admin.marked("enable-offer-letter").click();
            admin.page.locator(".ant-modal-confirm-btns .ant-btn-primary").click();
            assertThat(admin.page.getByRole(AriaRole.BUTTON, button("Disable"))).isVisible();
            admin.look("plugins");
        }
        assertThat(SERVER.as("standard", "recruiter")
                        .get("/odata/offerletter__Template")
                        .status())
                .isEqualTo(404);
        assertThat(SERVER.as("market", "recruiter")
                        .get("/odata/offerletter__Template")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(3)
    void anOfferOfTheChainGetsItsSalaryFromTheScriptAndPassesEveryApprover() {
        Api recruiter = SERVER.as("market", "recruiter");
        JsonNode application = recruiter
                .read("/odata/recruiting__Application?$top=1&$filter=" + Api.encoded("stage eq 'offer'"))
                .get("value")
                .get(0);
        Api.Answer created = recruiter.post(
                "/odata/recruiting__Offer",
                Map.of(
                        "application_id", application.get("id").asString(),
                        "candidate_id", application.get("candidate_id").asString(),
                        "position_id", application.get("position_id").asString(),
                        "c__storeFormat", "fresh",
                        "c__storeGrade", "g2",
                        "c__storeManager_id", SERVER.user("market", "store").toString()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().get("salary").decimalValue())
                .isBetween(new java.math.BigDecimal("6600"), new java.math.BigDecimal("7920"));
        String offer = "/o/recruiting__Offer/" + created.json().get("id").asString();

        try (Browser.Person person = browser.login("market", "recruiter", "zh-CN")) {
            person.open(offer + "?tab=approval");
            person.marked("submit-approval").click();
            assertThat(person.marked("approval-state")).hasText("审批中");
            person.look("submitted");
            assertThat(person.page.getByRole(AriaRole.BUTTON, button("编辑"))).isDisabled();
        }
        String manager = managerOf(application);
        approve(offer, manager, "第一位审批人的意见");
        approve(offer, "store", "门店同意");
        try (Browser.Person person = browser.login("market", manager, "zh-CN")) {
            person.open(offer + "?tab=approval");
            assertThat(person.marked("approval-timeline")).containsText("第一位审批人的意见");
            assertThat(person.marked("approval-timeline")).not().containsText("门店同意");
            person.look("what-the-first-approver-sees");
        }
        try (Browser.Person person = browser.login("market", "hrbp", "zh-CN")) {
            person.open(offer + "?tab=approval");
            assertThat(person.marked("approval-timeline")).containsText("第一位审批人的意见");
            assertThat(person.marked("approval-timeline")).containsText("门店同意");
            person.look("what-the-last-approver-sees");
        }
        approve(offer, "hrbp", "同意录用");
        try (Browser.Person person = browser.login("market", "recruiter", "en-US")) {
            person.open(offer);
            assertThat(person.marked("field-status")).hasText("Approved");
            person.marked("action-offerletter__createLetter").click();
            person.page.locator("#run-offerletter__createLetter").click();
            assertThat(person.page.locator(".ant-message-success")).isVisible();
            person.page.getByRole(AriaRole.TAB, tab("Files")).click();
            assertThat(person.page.getByText(Pattern.compile("\\.pdf$"))).isVisible();
            person.look("offer-letter");
        }
    }

    private String managerOf(JsonNode application) {
        String manager = SERVER.as("market", "recruiter")
                .read("/odata/recruiting__Position("
                        + application.get("position_id").asString() + ")")
                .get("hiringManager_id")
                .asString();
        return List.of("manager", "manager2", "manager3").stream()
                .filter(login -> SERVER.user("market", login).toString().equals(manager))
                .findFirst()
                .orElseThrow();
    }

    private static void approve(String offer, String login, String comment) {
        try (Browser.Person person = browser.login("market", login, "zh-CN")) {
            person.open("/approvals");
            person.page.locator("a[href^='" + offer + "']").click();
            person.marked("comment-box").fill(comment);
            person.look("decision");
            person.marked("approval-approve").click();
            assertThat(person.marked("approval-timeline")).containsText(comment);
            assertThat(person.marked("approval-approve")).hasCount(0);
        }
    }

    @Test
    @Order(4)
    void theAdministratorAddsAnObjectAndAFieldWithoutARestart() {
        try (Browser.Person admin = browser.login("market", "admin", "en-US")) {
            admin.open("/setup/objects");
            assertThat(admin.page.getByText("recruiting__Candidate")).isVisible();
            admin.marked("new-object").click();
            admin.fill("name", "Store");
            admin.fill("label", "Store");
            admin.fill("labelZh", "门店");
            admin.fill("plural", "Stores");
            admin.fill("pluralZh", "门店");
            admin.look("new-object");
            admin.marked("save-object").click();
            assertThat(admin.page.getByRole(AriaRole.CELL, cell("name"))).isVisible();
            admin.look("object-designer");
            admin.open("/o/c__Store");
            assertThat(admin.page.locator("h1")).hasText("Stores");
            admin.open("/setup/objects/recruiting__Candidate");
            admin.marked("new-field").click();
            admin.fill("label", "Shoe size");
            admin.fill("labelZh", "鞋码");
            admin.fill("name", "shoeSize");
            admin.look("new-field");
            admin.marked("save-field").click();
            assertThat(admin.page.getByRole(AriaRole.CELL, cell("c__shoeSize"))).isVisible();
            admin.look("designer");
        }
        assertThat(SERVER.as("market", "recruiter")
                        .read("/odata/recruiting__Candidate?$top=1")
                        .get("value")
                        .get(0)
                        .has("c__shoeSize"))
                .isTrue();
        assertThat(SERVER.as("standard", "recruiter")
                        .read("/odata/recruiting__Candidate?$top=1")
                        .get("value")
                        .get(0)
                        .has("c__shoeSize"))
                .isFalse();
    }

    @Test
    @Order(5)
    void theUpgradeKeepsTheCustomersChangesAndReportsTheDoubleOne() {
        try (Browser.Person admin = browser.login("market", "admin", "en-US")) {
            upgrade(admin);
            assertThat(admin.marked("mine")).hasText("addDays(today, 7)");
            assertThat(admin.marked("theirs")).hasText("addDays(today, 14)");
            admin.look("conflict");
        }
        try (Browser.Person admin = browser.login("standard", "admin", "zh-CN")) {
            upgrade(admin);
            assertThat(admin.marked("conflicts")).hasCount(0);
            admin.look("upgraded");
        }
        JsonNode market = SERVER.as("market", "recruiter").read("/api/objects/recruiting__Offer");
        assertThat(field(market, "salary").get("label").asString()).isEqualTo("Base salary per month");
        assertThat(field(market, "signingBonus").get("type").asString()).isEqualTo("decimal");
        assertThat(field(market, "c__storeFormat").get("label").asString()).isEqualTo("Store format");
        assertThat(SERVER.as("standard", "recruiter")
                        .read("/api/objects/recruiting__Application")
                        .toString())
                .contains("backgroundCheck");
    }

    @Test
    @Order(6)
    void aBrokenScriptIsMarkedAtItsLineAndNotSaved() {
        try (Browser.Person admin = browser.login("market", "admin", "zh-CN")) {
            admin.open("/setup/scripts?file=custom%2Fscripts%2Fstarting-salary.js");
            admin.page.locator(".cm-content").click();
            admin.page.keyboard().press("Control+End");
            admin.page.keyboard().type("\nconst = 1;");
            assertThat(admin.marked("script-problems")).containsText(Pattern.compile("^\\d+:\\d+ 脚本无法编译"));
            assertThat(admin.page.locator(".cm-lint-marker-error")).isVisible();
            admin.look("broken-script");
            admin.marked("save-script").click();
            assertThat(admin.page.locator(".ant-alert-error")).isVisible();
            admin.look("broken-script-refused");
        }
        assertThat(SERVER.as("market", "admin")
                        .read("/api/admin/scripts/custom/scripts/starting-salary.js")
                        .get("source")
                        .asString())
                .doesNotContain("const = 1");
    }

    private static void upgrade(Browser.Person admin) {
        admin.open("/setup/packages");
        assertThat(admin.marked("version-recruiting")).hasText("1.0.0");
        admin.marked("preview-recruiting-1.1.0").click();
        assertThat(admin.marked("upgrade-counts")).isVisible();
        admin.look("preview");
        admin.marked("apply-upgrade").click();
        assertThat(admin.marked("version-recruiting")).hasText("1.1.0");
    }

    private static JsonNode field(JsonNode object, String name) {
        for (JsonNode field : object.get("fields")) {
            if (field.get("name").asString().equals(name)) {
                return field;
            }
        }
        throw new AssertionError("no field " + name);
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions button(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions tab(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions cell(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions()
                .setName(name)
                .setExact(true);
    }
}
