package dev.tenon.samples.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page of the console in a real browser, in both languages. */
class PagesTest {

    private static final DemoServer SERVER = DemoServer.running();
    private static final int ROWS = 10_000;

    /** A key of the message catalogue that was shown instead of its text. */
    private static final Pattern UNTRANSLATED =
            Pattern.compile("\\b(nav|home|common|record|approval|objects|scripts|packages|plugins|users|imports|error)"
                    + "\\.[a-z][A-Za-z]+\\b");

    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void openBrowser() {
        browser = new Browser(SERVER.address());
    }

    @AfterAll
    static void closeBrowser() {
        assertThat(browser.faults()).as("faults of the console's code").isEmpty();
        browser.close();
    }

    static Stream<Arguments> people() {
        return Stream.of("en-US", "zh-CN")
                .flatMap(language -> Stream.of(
                        Arguments.of(
                                language,
                                "recruiter",
                                List.of(
                                        "/",
                                        "/approvals",
                                        "/o/recruiting__Position",
                                        "/o/recruiting__Candidate",
                                        "/o/recruiting__Candidate/new",
                                        "/o/recruiting__Application",
                                        "/o/recruiting__Interview",
                                        "/o/recruiting__Offer",
                                        "/imports",
                                        "/tokens",
                                        "/sign-in")),
                        Arguments.of(
                                language,
                                "admin",
                                List.of(
                                        "/setup/objects",
                                        "/setup/objects/recruiting__Offer",
                                        "/setup/scripts",
                                        "/setup/packages",
                                        "/setup/plugins",
                                        "/setup/users",
                                        "/setup/sign-ins"))));
    }

    @ParameterizedTest
    @MethodSource("people")
    void everyPageOpensInTheLanguageOfTheBrowser(String language, String login, List<String> paths) {
        try (Browser.Person person = browser.login("market", login, language)) {
            for (String path : paths) {
                person.open(path);
                assertThat(person.page.locator("h1")).isVisible();
                assertThat(person.page.locator(".ant-spin-spinning")).hasCount(0);
                assertThat(person.page.locator(".ant-alert-error")).hasCount(0);
                assertThat(person.page
                                .locator("main, .ant-layout-content")
                                .first()
                                .innerText())
                        .as(path)
                        .doesNotContainPattern(UNTRANSLATED)
                        .doesNotContain("undefined", "[object Object]");
                person.look("page" + path.replace('/', '-'));
            }
            assertThat(person.page.locator("html")).hasAttribute("lang", language.equals("en-US") ? "en" : "zh-CN");
        }
    }

    @Test
    void everyKindOfRecordOpensWithItsTabs() {
        try (Browser.Person person = browser.login("market", "recruiter", "zh-CN")) {
            for (String object : List.of("Position", "Candidate", "Application", "Interview", "Offer")) {
                person.open("/o/recruiting__" + object);
                person.page.locator(".ant-table-row a").first().click();
                assertThat(person.marked("record-title")).isVisible();
                person.look("record-" + object);
                for (int tab = 1; tab < person.page.locator("[role=tab]").count(); tab++) {
                    person.page.locator("[role=tab]").nth(tab).click();
                    assertThat(person.page.locator(".ant-spin-spinning")).hasCount(0);
                    assertThat(person.page.locator(".ant-alert-error")).hasCount(0);
                    person.look("record-" + object + "-tab" + tab);
                }
            }
        }
    }

    @Test
    void tenThousandCandidatesAreImportedAndTheBadRowsComeBackAsAFile() throws IOException {
        Path csv = Files.writeString(folder.resolve("candidates.csv"), candidates(), StandardCharsets.UTF_8);
        try (Browser.Person person = browser.login("standard", "recruiter2", "en-US")) {
            person.open("/imports");
            person.marked("new-import").click();
            person.marked("import-object").click();
            person.page
                    .locator(".ant-select-item-option")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Candidates"))
                    .click();
            person.page.locator("input[type=file]").setInputFiles(csv);
            person.look("import");
            person.marked("start-import").click();
            person.marked("import-counts").waitFor();
            person.look("import-running");
            person.marked("download-rejects")
                    .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(180_000));
            assertThat(person.marked("import-counts")).containsText(String.valueOf(ROWS - 2));
            person.look("import-done");
            Download rejects = person.page.waitForDownload(
                    () -> person.marked("download-rejects").click());
            List<String> lines = Files.readAllLines(rejects.path());
            assertThat(lines).hasSize(3);
            assertThat(lines.get(1)).contains("Bad Mail", "not-an-address");
            assertThat(lines.get(2)).contains("Bad Number", "plenty");
        }
    }

    private static String candidates() {
        StringBuilder csv = new StringBuilder("name,email,expectedSalary\n");
        for (int row = 0; row < ROWS; row++) {
            switch (row) {
                case 41 -> csv.append("Bad Mail,not-an-address,9000\n");
                case 4_711 -> csv.append("Bad Number,number@example.com,plenty\n");
                default ->
                    csv.append("候选人 ")
                            .append(row)
                            .append(",import")
                            .append(row)
                            .append("@example.com,")
                            .append(8_000 + row)
                            .append('\n');
            }
        }
        return csv.toString();
    }
}
