package dev.tenon.samples.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        try (Browser.Person recruiter = browser.login("standard", "recruiter", "en-US")) {
            recruiter.look("home");
            recruiter.open("/o/recruiting__Candidate");
            assertThat(recruiter.marked("total")).hasText("2000 records");
            recruiter.open("/o/recruiting__Offer");
            recruiter.marked("show-chart").click();
            assertThat(recruiter.marked("chart").locator("svg[baseProfile=full]"))
                    .isVisible();
            recruiter.look("offers");
        }
        try (Browser.Person manager = browser.login("standard", "manager", "en-US")) {
            manager.open("/o/recruiting__Candidate");
            assertThat(manager.marked("total")).hasText("2000 records");
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
        decide(offer, managerOf(application), "第一位审批人的意见");
        decide(offer, "store", "门店同意");
        decide(offer, "hrbp", "同意录用");
        try (Browser.Person person = browser.login("market", "recruiter", "en-US")) {
            person.open(offer);
            assertThat(person.marked("field-status")).hasText("Approved");
            person.look("approved-offer");
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

    /** Approves as the person, through the HTTP interface. */
    private static void decide(String offer, String login, String comment) {
        Api approver = SERVER.as("market", login);
        String id = offer.substring(offer.lastIndexOf('/') + 1);
        JsonNode approval = approver.read("/api/records/recruiting__Offer/" + id + "/approval")
                .get("current");
        JsonNode action = null;
        for (JsonNode offered : approval.get("actions")) {
            if (offered.get("name").asString().equals("approve")
                    && offered.get("available").asBoolean()) {
                action = offered;
            }
        }
        java.util.Objects.requireNonNull(action, login + " may not approve: " + approval);
        approver.command(
                "/api/approvals/tasks/" + action.get("taskId").asString() + "/approve",
                Map.of("taskVersion", action.get("taskVersion").asLong(), "comment", comment));
    }

    @Test
    @Order(4)
    void theAdministratorAddsAnObjectAndAFieldWithoutARestart() {
        try (Browser.Person admin = browser.login("market", "admin", "en-US")) {
            admin.open("/setup/objects/recruiting__Candidate");
            admin.marked("new-field").click();
            admin.page.getByLabel("Label (English)").fill("Shoe size");
            admin.page.getByLabel("Label (Chinese)").fill("鞋码");
            admin.page.locator("#name").fill("shoeSize");
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

    private static com.microsoft.playwright.Page.GetByRoleOptions cell(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions()
                .setName(name)
                .setExact(true);
    }
}
