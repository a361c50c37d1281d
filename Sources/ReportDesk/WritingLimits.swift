/// Every limit of the report desk, by name.
package enum WritingLimits {
    /// The longest text of one section in one language, in characters.
    package static let sectionCharacters = 6_000
    /// The most sections of a report, and the most sentences of one of them.
    package static let sections = 60
    package static let sentences = 200
    /// The most bytes of the form of a section: what is Chinese grows to nine times its letters.
    static let formBytes = 262_144
    /// The most versions of one report, and how many of them a page lists.
    static let versions = 2_000
    static let listedVersions = 60
    /// The most comments on one report.
    static let comments = 500
    /// The most reports that are written for one unit, and the most that a page lists.
    static let writingsPerUnit = 400
    static let listed = 100
    /// The most figures that a search names: each is reckoned.
    static let found = 12
    /// The longest title, in characters.
    static let titleCharacters = 80
}
