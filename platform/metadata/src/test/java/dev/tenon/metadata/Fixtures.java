package dev.tenon.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small packages for tests. */
final class Fixtures {

    static final String RECRUITING = """
            name: recruiting
            namespace: recruiting
            version: 1.0.0
            title: Recruiting
            """;
    static final String CUSTOM = """
            name: custom
            namespace: c
            version: 1.0.0
            title: Customizing
            """;

    static final Layer PRODUCT = PackageReader.read(files(
                    "package.yaml", RECRUITING,
                    "objects/Candidate.yaml", """
                            label: Candidate
                            fields:
                              name: {type: text, label: Name, required: true}
                              city: {type: text, label: City}
                              level: {type: picklist, label: Level, values: {junior: {label: Junior}, senior: {label: Senior}, chief: {label: Chief}}}
                            recordTypes:
                              campus: {label: Campus, values: {level: [junior, senior]}, defaults: {level: "'junior'"}}
                              social: {label: Social}
                            """,
                    "objects/Application.yaml", """
                            label: Application
                            baseline: controlledByParent
                            fields:
                              candidate: {type: masterDetail, label: Candidate, target: Candidate}
                              stage:
                                type: picklist
                                label: Stage
                                values: {applied: {label: Applied}, interview: {label: Interview}, hired: {label: Hired}}
                              score: {type: integer, label: Score}
                            """,
                    "objects/Offer.yaml", """
                            label: Offer
                            pluralLabel: Offers
                            titleField: number
                            fields:
                              number: {type: autoNumber, label: Number, format: "OFF-{00000}"}
                              candidate: {type: lookup, label: Candidate, target: Candidate, required: true}
                              manager: {type: lookup, label: Hiring manager, target: sys__User}
                              salary: {type: decimal, label: Salary, precision: 12, scale: 2, help: Before tax}
                              annual: {type: formula, label: Annual, result: {type: decimal, precision: 14, scale: 2}, expression: salary * 12}
                              status: {type: picklist, label: Status, values: {draft: {label: Draft}, approved: {label: Approved}}, default: "'draft'"}
                            uniqueKeys: {once: [candidate, number]}
                            rules:
                              salaryPositive: {condition: salary > 0.0, message: The salary must be above zero., field: salary}
                            actions:
                              renderLetter: {label: Create letter, plugin: offer-letter/render}
                            views:
                              all: {label: All offers, columns: [number, candidate.name, salary], sort: [-createdAt]}
                            layout:
                              sections:
                                main: {label: General, fields: [candidate, salary, status]}
                            """,
                    "valueSets/Source.yaml", """
                            label: Source
                            values: {web: {label: Web, color: blue}, fair: {label: Fair}, agency: {label: Agency, active: false}}
                            """,
                    "permissions/recruiter.yaml", """
                            label: Recruiter
                            objects:
                              Offer: {create: true, read: true, edit: true, scope: all, fieldDefault: edit, fields: {salary: read}, actions: [renderLetter]}
                            """,
                    "approvals/offer_approval.yaml", """
                            label: Offer approval
                            object: Offer
                            submitters: [recruiter]
                            steps:
                              manager: {label: Hiring manager, approvers: [{field: manager}]}
                              hr: {label: HR, approvers: [{holdersOf: recruiter}]}
                            onOutcome: {approved: {status: "'approved'"}}
                            """,
                    "settings.yaml", "limit: {label: Limit, type: decimal, value: 30000}\n",
                    "apps.yaml", "recruiting: {label: Recruiting, objects: [Candidate, Application, Offer]}\n",
                    "i18n/zh-CN.yaml", """
                            objects:
                              Offer:
                                label: 录用
                                fields: {salary: {label: 月薪, help: 税前}, status: {values: {draft: {label: 草稿}}}}
                                rules: {salaryPositive: {message: 月薪必须大于零。}}
                                layout: {sections: {main: {label: 基本信息}}}
                            """))
            .orThrow();

    private Fixtures() {}

    static Map<String, String> files(String... pathsAndTexts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return files;
    }

    /** A tenant's layer with these files beside {@code package.yaml}. */
    static Layer custom(String... pathsAndTexts) {
        Map<String, String> files = files(pathsAndTexts);
        files.put("package.yaml", CUSTOM);
        return PackageReader.read(files).orThrow();
    }

    /** The product with one file changed or added. */
    static Layer productWith(String version, String path, String text) {
        Map<String, byte[]> files = new LinkedHashMap<>(PackageWriter.files(PRODUCT));
        files.put(
                "package.yaml", RECRUITING.replace("1.0.0", version).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        files.put(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return PackageReader.readFiles(files).orThrow();
    }

    static Layer other(String name, String... pathsAndTexts) {
        Map<String, String> files = files(pathsAndTexts);
        files.put(
                "package.yaml",
                "name: " + name + "\nnamespace: " + name + "\nversion: 1.0.0\ntitle: " + name
                        + "\nrequires: {recruiting: \">=1.0.0\"}\n");
        return PackageReader.read(files).orThrow();
    }

    static ElementKey key(String text) {
        return ElementKey.parse(text);
    }

    static Model model(Layer... layers) {
        return Models.compile("t", 1, List.of(layers)).orThrow();
    }

    static Problem onlyProblem(Checked<?> result) {
        assertThat(result.problems()).hasSize(1);
        return result.problems().getFirst();
    }

    static Problem onlyProblem(Layer... layers) {
        return onlyProblem(Models.compile("t", 1, List.of(layers)));
    }
}
