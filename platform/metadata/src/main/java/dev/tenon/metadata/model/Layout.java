package dev.tenon.metadata.model;

import java.util.List;

/**
 * How a record's page and form are arranged.
 *
 * @param sections groups of fields, in order
 * @param related lists of records that refer to this one, in order
 */
public record Layout(List<Section> sections, List<RelatedList> related) {

    public Layout {
        sections = List.copyOf(sections);
        related = List.copyOf(related);
    }

    /** @param columns 1 to 3 fields beside each other */
    public record Section(String name, Label label, int columns, List<String> fields) {
        public Section {
            fields = List.copyOf(fields);
        }
    }

    /**
     * @param object the referring object
     * @param via its lookup or master-detail field
     */
    public record RelatedList(String name, Label label, String object, String via, List<String> columns) {
        public RelatedList {
            columns = List.copyOf(columns);
        }
    }
}
