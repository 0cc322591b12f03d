package dev.tenon.samples.demo;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.LoadState;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A real Chromium, and one person at a time who uses the console in it. */
final class Browser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final String address;
    private final Path screenshots = Path.of(System.getProperty("tenon.story.screenshots"));
    private final List<String> faults = new ArrayList<>();

    Browser(String address) {
        this.address = address;
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_NODEJS_PATH", node().toString());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        JsonNode chromium = chromium();
        this.playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of(chromium.get("executable").asString()))
                .setArgs(FLAGS);
        String libraries = chromium.get("libraries").asString();
        if (!libraries.isEmpty()) {
            environment.put("LD_LIBRARY_PATH", libraries);
            options.setEnv(environment);
        }
        this.browser = playwright.chromium().launch(options);
        // A machine that builds and tests on few cores takes its time.
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    private static Path node() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            for (String name : new String[] {"node", "node.exe"}) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        throw new IllegalStateException("Node.js is not on the PATH; it is a prerequisite of the build");
    }

    private static JsonNode chromium() {
        try {
            Path unpacked =
                    Path.of(System.getProperty("tenon.story.screenshots")).resolveSibling("chromium");
            Files.createDirectories(unpacked);
            Process process = new ProcessBuilder(node().toString(), "chromium.mjs", unpacked.toString())
                    .directory(new File(System.getProperty("tenon.story.browser")))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Api.JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fresh browser profile in which the person has logged in and sees the home page. */
    Person login(String tenant, String login, String language) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(1360, 860));
        context.setDefaultTimeout(30_000);
        Page page = context.newPage();
        page.onPageError(error -> faults.add(page.url() + ": " + error));
        page.navigate(address + "/");
        page.locator("#sign-in input[name=tenant]").fill(tenant);
        page.locator("#sign-in input[name=username]").fill(login);
        page.locator("#sign-in input[name=password]").fill(DemoPeople.PASSWORD);
        page.locator("#sign-in button").click();
        page.locator("[data-testid=tenant]").waitFor();
        return new Person(context, page, tenant + "-" + login + "-" + language);
    }

    /** Faults of the console's own code on any page. */
    List<String> faults() {
        return faults;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** Somebody at the console. */
    final class Person implements AutoCloseable {
        final Page page;
        private final BrowserContext context;
        private final String name;

        private Person(BrowserContext context, Page page, String name) {
            this.context = context;
            this.page = page;
            this.name = name;
        }

        void open(String path) {
            page.navigate(address + path);
            page.waitForLoadState(LoadState.NETWORKIDLE);
        }

        Locator marked(String testId) {
            return page.locator("[data-testid=\"" + testId + "\"]");
        }

        /** Types into the input with the id, in the dialog or form that is open. */
        void fill(String id, String text) {
            page.locator("input#" + id).fill(text);
        }

        void switchTo(String language) {
            marked("language").click();
            page.locator(".ant-dropdown-menu-item")
                    .filter(new Locator.FilterOptions().setHasText(language))
                    .click();
        }

        /** Keeps what the person sees, to be looked at. */
        void look(String what) {
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.screenshot(new Page.ScreenshotOptions().setPath(screenshots.resolve(name + "-" + what + ".png")));
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
