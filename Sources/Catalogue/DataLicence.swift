import Core

/// Under which terms what a district tells everybody may be used further, as its own
/// `licence.yaml` says. It is the district's word: none comes with the program.
package struct DataLicence: Sendable {
    package let name: Wording
    /// Where the terms stand; nil where nowhere but in their name.
    package let address: String?
    /// Who is to be named as the source; nil for the district itself.
    package let source: Wording?

    init(_ mapping: Mapping) {
        name = mapping.wording("name")
        address = mapping.text("address")
        source = mapping.has("source") ? mapping.wording("source") : nil
        if let address, !address.hasPrefix("https://"), !address.hasPrefix("http://") {
            mapping.fault("an address begins with https:// or http://", at: "address")
        }
        mapping.close()
    }
}
