/** Table files as rows of text: CSV in its encodings, and workbooks. What is dangerous in a file is refused here. */
@org.jspecify.annotations.NullMarked
package dev.tenon.automation.internal.table;
