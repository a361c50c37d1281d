import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Web

/// GET /photos?unit=CODE&period=P. For everybody: the pictures that were released, of a unit and
/// all below it in a period, the newest first.
struct ShowPhotos: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let (unit, period) = (try query.written("unit"), try query.written("period"))
        let keyset = try Keyset(query, parts: 2, limit: PhotosPage.limit)
        let place = try keyset.after.map {
            (cursor) throws(Refusal) -> (day: Day, id: ReleasedPicture.ID) in
            guard let day = Day(cursor.parts[0]), let id = ReleasedPicture.ID(cursor.parts[1])
            else {
                throw .noSuchPage
            }
            return (day: day, id: id)
        }
        return try await board.show(context) { snapshot in
            BoardSheet(
                page: try PhotosPage(unit, period, keyset, after: place, snapshot),
                trail: [Link(snapshot.words["nav_units"], .units)])
        }
    }
}

/// The wall of released pictures.
struct PhotosPage: Page {
    static let template = "boards/photos"

    let title: String
    let subtitle: String
    let action: String
    let unitPick: Picker
    let periodPick: PeriodPicker
    let pictures: Listed<PictureView>?
    let empty: String?
    let pager: Pager?

    /// The most pictures of one page.
    static let limit = 24

    init(
        _ code: String?, _ asked: String?, _ keyset: Keyset,
        after place: (day: Day, id: ReleasedPicture.ID)?, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        title = words["photos_title"]
        action = Address.photos.text
        let period = try asked.map { try snapshot.reading.period($0) } ?? snapshot.periods?.half
        let day = min(period?.lastDay ?? snapshot.today, snapshot.today)
        var units = UnitReading(snapshot.structure, on: day)
        units.reachesBack = true
        let unit = try code.map { try units.unit($0) } ?? snapshot.structure.root(nearest: day)
        unitPick = .unit(snapshot.structure, on: day, chosen: unit, words)
        periodPick = PeriodPicker(period, snapshot)
        let periodName = period?.words(today: snapshot.today)[words.language] ?? ""
        subtitle = [unit?.name ?? "", periodName].filter { !$0.isEmpty }.joined(separator: " · ")
        var found: [ReleasedPicture] = []
        if let unit, let period {
            found = try ReleasedPictureStore(db: snapshot.db).list(
                below: unit.unit, on: unit.inForce(on: day) ? day : unit.from, from: period.from,
                to: day, after: place, in: snapshot.district.pictureScope, limit: keyset.fetch)
        }
        let (shown, next) = keyset.cut(found) { [$0.record.happenedOn.description, $0.id.text] }
        pictures = Listed(shown.map { PictureView($0, snapshot) })
        empty = shown.isEmpty ? words["photos_empty"] : nil
        var here = Address.photos
        if let code { here = here.with("unit", code) }
        if let asked { here = here.with("period", asked) }
        pager = keyset.pager(next: next, at: here)
    }
}
