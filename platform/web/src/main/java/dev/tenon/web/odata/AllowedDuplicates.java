package dev.tenon.web.odata;

import dev.tenon.records.RecordSession;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The header with which a caller says that records are meant although duplicate rules warn of them. */
final class AllowedDuplicates {

    static final String HEADER = "Tenon-Allow-Duplicates";

    private AllowedDuplicates() {}

    static RecordSession of(RecordSession session, ODataRequest request) {
        String rules = request.header(HEADER);
        return rules == null
                ? session
                : session.allowingDuplicates(Arrays.stream(rules.split(",", -1))
                        .map(String::strip)
                        .filter(rule -> !rule.isEmpty())
                        .collect(Collectors.toSet()));
    }
}
