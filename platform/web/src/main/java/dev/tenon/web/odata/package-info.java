/**
 * The data API, OData 4.01: Olingo reads addresses and options against a metadata document made from the part of the model
 * that the caller may know; what follows is our own, from the query to the JSON.
 */
@NullMarked
package dev.tenon.web.odata;

import org.jspecify.annotations.NullMarked;
