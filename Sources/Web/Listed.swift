/// Rows of a page that are there. A template cannot ask of a list whether it has any, but it can of
/// a property that is nil:
///
///     {{#files}}<ul>{{#each}}<li>{{name}}</li>{{/each}}</ul>{{/files}}
package struct Listed<Row: Sendable>: Sendable {
    package let each: [Row]

    /// Nil where there are none.
    package init?(_ rows: [Row]) {
        guard !rows.isEmpty else { return nil }
        each = rows
    }
}
