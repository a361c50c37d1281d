import Core

/// Every limit of what goes out, by name.
package enum MessageLimits {
    /// How often the program looks for what is to go out, in seconds.
    static let lookSeconds: Int64 = 30
    /// The most that one look sends.
    static let sentAtOnce = 200
    /// The most messages, or accounts with a digest, that one commit makes deliveries of.
    static let plannedAtOnce = 200
    /// What is older than so many days when it is first looked at is told on the page alone.
    static let relayDays: Int64 = 2
    /// How often a delivery is tried before it is given up.
    package static let tries = 12
    /// How long a delivery rests after each try, in seconds: the last of them for all later ones.
    static let restSeconds: [Int64] = [30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800]
    /// By so many hundredths a rest is shorter or longer than that, by chance.
    static let jitterPercent: Int64 = 20
    /// A delivery that a program has taken up and never came back to is taken up again after so
    /// many seconds: longer than any try may last.
    package static let leaseSeconds: Int64 = 180
    /// How many letters one address is sent in an hour; the others wait.
    package static let lettersPerHour = 30
    /// How many codes one account, and one address, is sent in a day.
    package static let codesPerDay = 5
    /// How long a code is good, in minutes.
    static let codeMinutes: Int64 = 30
    /// How many wrong codes are taken before a new one has to be asked for.
    static let codeTries = 5
    /// The most messages that a digest names one by one.
    static let digestLines = 50
    /// When in the day of the district digests are written.
    static let digestHour: Int64 = 8
    /// The most destinations of events.
    static let webhooks = 20
    /// The longest name and address of such a destination, in characters.
    static let webhookNameCharacters = 40
    static let webhookAddressCharacters = 400
    /// The longest letter, in bytes.
    static let letterBytes = 262_144
    /// How long one conversation with the mail server may last, and one call of a destination.
    static let mailSeconds: Int64 = 60
    static let callSeconds: Int64 = 10
    /// The most that is read of what a destination answers, in bytes.
    static let answerBytes = 65_536
    /// The longest line, and the most lines, of one reply of a mail server.
    static let replyBytes = 2_048
    static let replyLines = 100
    /// The most that the page lists.
    static let listed = 100
    /// The most rows that go in one commit.
    static let sweptAtOnce = 500
}
