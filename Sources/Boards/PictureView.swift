import Ledger
import Web

/// A released picture in small, with what its record says for who does not see it.
struct PictureView: Sendable {
    let small: String
    let large: String
    let alt: String
    let caption: String
    let captionHref: String
    let place: String

    init(_ picture: ReleasedPicture, _ snapshot: Snapshot) {
        let line = EntryLine(picture.record, snapshot)
        let said = line.before
        caption = said.isEmpty ? line.kind : said
        alt =
            snapshot.words[
                "picture_alt",
                ["kind": line.kind, "text": said, "unit": line.unit, "day": line.day]]
        captionHref = Address.record(picture.record.id).text
        place = "\(line.unit) \(line.day)"
        large = Address("photos", picture.id.text).text
        small = Address("photos", picture.id.text, "small").text
    }
}
