package dev.tenon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.tenon.access.Identity;
import dev.tenon.app.NamesInText.Name;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code docs/main-path.md} tells the truth: every name in it exists, and a save and a query over HTTP pass what it names
 * for them, in its order.
 */
class MainPathTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "main-path.md");
    private static final String TENANT = "office";

    private static final JavaClasses CODE = PlatformCode.CLASSES;

    @TempDir
    static Path data;

    private static ConfigurableApplicationContext platform;
    private static String token;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        platform = TenonApplication.run(
                new String[] {"--server.port=0", "--tenon.data=" + data, "--tenon.packages=src/test/resources/main-path"
                });
        Identity system = Users.platform(TENANT);
        platform.getBean(Tenants.class).create(system, TENANT, "Office", List.of(new PackageId("office", "1.0.0")));
        Users users = platform.getBean(Users.class);
        NewUser clerk = new NewUser(
                "clerk",
                "Clerk",
                null,
                Locale.ENGLISH,
                ZoneOffset.UTC,
                "a good password",
                Set.of("office__clerk"),
                null);
        Identity identity =
                users.identity(TENANT, users.create(system, clerk).id()).orElseThrow();
        token = platform.getBean(AccessTokens.class).create(identity, "test", 1).text();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void everyNameInTheDocumentExists() {
        assertThat(NamesInText.of(String.join("\n", sections().values()), CODE).names())
                .hasSizeGreaterThan(50);
    }

    @Test
    void aChangePassesWhatTheDocumentNamesInItsOrder() {
        String offer = newOffer(newCandidate());
        String another = newCandidate();

        walk("One save", () -> {
            String saved = send(
                    "PATCH",
                    "/odata/office__Offer(" + offer + ")",
                    "{\"salary\":7000,\"candidate_id\":\"" + another + "\"}");
            assertThat(saved).contains("\"yearly\":84000").contains("Offer for Emma");
        });
    }

    @Test
    void aNewRecordPassesWhatTheDocumentNamesInItsOrder() {
        String candidate = newCandidate();

        walk("A new record", () -> newOffer(candidate));
    }

    @Test
    void aQueryPassesWhatTheDocumentNamesInItsOrder() {
        String offer = newOffer(newCandidate());
        String filter = URLEncoder.encode("candidate/name eq 'Emma'", StandardCharsets.UTF_8);

        walk("One query", () -> {
            String found = send(
                    "GET", "/odata/office__Offer?$orderby=salary&$expand=candidate&$top=500&$filter=" + filter, null);
            assertThat(found).contains(offer);
        });
    }

    private String newCandidate() {
        return id(send("POST", "/odata/office__Candidate", "{\"name\":\"Emma\"}"));
    }

    private String newOffer(String candidate) {
        return id(send("POST", "/odata/office__Offer", "{\"candidate_id\":\"" + candidate + "\",\"salary\":6000}"));
    }

    private void walk(String section, Runnable work) {
        List<Name> methods = NamesInText.of(sections().get(section), CODE).methods();
        assertThat(methods).hasSizeGreaterThan(10);
        Set<String> watched = methods.stream()
                .flatMap(name -> name.types().stream()
                        .map(type -> type + "::" + name.method().orElseThrow()))
                .collect(Collectors.toSet());

        CallTrace trace = CallTrace.of(watched, () -> {
                    work.run();
                    // The server takes a connection's next request when it has left every method of the one before.
                    send("GET", "/api/health", null);
                })
                .ofThreadThatCalled(
                        methods.getFirst().types(), methods.getFirst().method().orElseThrow());

        assertThat(methods.stream().filter(name -> trace.calls().stream().noneMatch(name::names)))
                .as("named in \"" + section + "\", but not passed")
                .isEmpty();
        assertThat(passedInOrder(methods, trace)).as(section).isEqualTo(methods);
        assertThat(passedInOrder(methods.reversed(), trace))
                .as("the order matters")
                .isNotEqualTo(methods.reversed());
    }

    /** The methods up to the first one that is not called after the call found for the one before it. */
    private static List<Name> passedInOrder(List<Name> methods, CallTrace trace) {
        List<Name> passed = new ArrayList<>();
        for (CallTrace.Call call : trace.calls()) {
            if (passed.size() < methods.size() && methods.get(passed.size()).names(call)) {
                passed.add(methods.get(passed.size()));
            }
        }
        return passed;
    }

    private String send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + platform.getEnvironment().getProperty("local.server.port") + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path + " " + response.body()).isLessThan(300);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(String json) {
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(json);
        assertThat(id.find()).as(json).isTrue();
        return id.group(1);
    }

    /** Title to text. */
    private static Map<String, String> sections() {
        try {
            Map<String, String> sections = new TreeMap<>();
            for (String section : Files.readString(DOCUMENT).split("(?m)^## ", -1)) {
                int end = section.indexOf('\n');
                sections.put(section.substring(0, end).strip(), section.substring(end));
            }
            return sections;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
