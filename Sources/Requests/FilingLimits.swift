/// Every limit of asking and of what follows, by name.
package enum FilingLimits {
    /// The questions of one service.
    package static let questions = 12
    /// The longest words of a request, in characters.
    package static let words = 1_000
    /// The longest answer to one question, and the longest place, in characters.
    package static let answer = 120
    /// The longest way to reach somebody, in characters.
    package static let contact = 60
    /// The photographs of one request.
    package static let pictures = 3
    /// The largest photograph that is taken in, in bytes: what a telephone makes.
    package static let pictureBytes = 12 << 20
    /// The longest body of a form with its photographs, in bytes.
    package static let bodyBytes = pictures * pictureBytes + (1 << 20)
    /// Requests with the same contact in a day.
    package static let perContact = 8
    /// Requests from one address in an hour, before each browser there is counted by itself.
    package static let perAddress = 20
    /// Requests from one browser in an hour where its address has used up its own.
    package static let perBrowser = 3
    /// Those among them in one community in an hour, and in the whole district.
    package static let besidePerPlace = 30
    package static let besideInAll = 300
    /// Wrong secrets from one address in an hour, before each number there is counted by itself.
    package static let wrongPerAddress = 30
    /// Wrong secrets for one number from one address in an hour.
    package static let wrongPerNumber = 6
    /// How long the page of a request stays open after its secret was given, in minutes.
    package static let visitMinutes = 30
    /// Places that one search shows.
    package static let places = 60
    /// Requests on a page of the queue.
    package static let queue = 50
    /// Months that the ledger of refusals shows, and its lines.
    package static let refusalMonths = 12
    package static let refusals = 200
    /// Objections that are read for one page of the ledger of refusals.
    package static let refusalsRead = 5_000
    /// The rows that one sweep takes.
    static let swept = 500
}
