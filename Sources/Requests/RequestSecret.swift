import Core
import Ledger

/// The secret that opens a request without an account, and what is kept instead of it.
///
/// It follows from the form that was sent and from a key of the district, so that the same form
/// sent once more answers with the same secret, and no table holds it.
package struct RequestSecret {
    private let key: SecretKey
    private let contacts: SecretKey

    /// - Parameter what: what is opened with it; the secrets of one open nothing of another.
    package init(_ district: District, of what: String = "request") {
        key = district.key.derived("\(what) secret")
        contacts = district.key.derived("\(what) contact")
    }

    /// Letters and digits that nobody takes for one another on paper.
    private static let letters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    /// So many of them, each worth five bits.
    static let length = 10

    /// The secret of a request that a form made.
    package func secret<Thing>(of id: ID<Thing>, form: String) -> String {
        let bytes = Array(key.mac(["secret", form, id.text]).utf8)
        return String(
            (0..<Self.length).map { place in
                let digits = String(decoding: bytes[(place * 2)..<(place * 2 + 2)], as: UTF8.self)
                return Self.letters[Int(digits, radix: 16).map { $0 % Self.letters.count } ?? 0]
            })
    }

    /// What is kept of a secret.
    package func mark<Thing>(of secret: String, _ id: ID<Thing>) -> String {
        key.mac(["kept", id.text, secret])
    }

    /// Whether a secret as somebody typed it is the one of a request, in the same time for every
    /// wrong one.
    package func opens<Thing>(_ typed: String, _ id: ID<Thing>, mark: String) -> Bool {
        key.isMAC(mark, of: ["kept", id.text, Self.plain(typed)])
    }

    /// What is kept of a form, so that one that is sent twice files once.
    package func mark(ofForm form: String) -> String { key.mac(["form", form]) }

    /// What is kept of a contact, so that requests from it are counted and found.
    package func mark(ofContact contact: String) -> String {
        contacts.mac(["contact", Self.plain(contact)])
    }

    /// Without blanks and strokes, in capitals: as it is compared.
    private static func plain(_ text: String) -> String {
        Folding.identifier(text).uppercased().filter { $0.isLetter || $0.isNumber || $0 == "@" }
    }

    /// As people read it: in two halves.
    package static func shown(_ secret: String) -> String {
        secret.prefix(length / 2) + "-" + secret.dropFirst(length / 2)
    }
}
