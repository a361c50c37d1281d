/// How much one need, one person and one page may hold.
enum VolunteerLimits {
    /// The most hands of one need.
    static let hands = 500
    /// The most who may wait behind those for whom there is room.
    static let waiting = 200
    /// The most who may be invited to one need.
    static let invited = 100
    /// The most needs on a page.
    static let listed = 100
    /// The most offers that are held against one need, and the most of them that are shown.
    static let compared = 500
    static let matches = 30
    /// The most deeds of one person that are shown and certified.
    static let deeds = 500
    /// The longest title and place, in characters.
    static let titleCharacters = 60
    /// How many days ahead a need may lie.
    static let daysAhead = 366
    /// The longest that somebody served in one go, in minutes: a day.
    static let minutes = 1_440
    /// The most rows that go in one commit of the nightly run.
    static let swept = 500
    /// The longest certificate that is checked, in characters.
    static let certificateCharacters = 60_000
    /// The most keys of certificates that are kept, those of today and of before.
    static let keys = 50
}
