/// Every limit of hours, bookings and their lists, by name.
package enum VisitLimits {
    /// Times begin and end on a quarter of an hour.
    package static let quarter = 15
    /// Hours are offered so many days ahead, and booked.
    package static let days = 92
    /// The most hours that one form offers.
    package static let offered = 300
    /// The most people in the same hours.
    package static let capacity = 50
    /// The most hours that a page lists.
    package static let listed = 200
    /// The most units that are offered to choose from, or looked at for one reader.
    package static let units = 500
    /// The most agreements that a form offers to choose from.
    package static let agreements = 200
    /// Bookings by the same contact in a day.
    package static let perContact = 5
    /// How often one booking is moved.
    package static let moves = 5
    /// The longest words of a booking, a place or a purpose, in characters.
    package static let words = 300
    package static let line = 60
    /// How long the page of a booking stays open after its code was given, in minutes.
    package static let visitMinutes = 30
    /// So often it is looked whether agreements still stand, in milliseconds.
    static let lookMilliseconds: Int64 = 3_600_000
    /// The days that the list of a desk looks ahead.
    package static let ahead = 14
    /// The rows that one sweep takes, and the most bookings that one look at agreements reads.
    static let swept = 500
}
