import Core
import Testing

struct ShelfTests {
    private let day = Day("2026-03-04")!

    @Test func whatWasReadInOneStateIsGoodInNoOther() {
        let shelf = Shelf<SeenState, String, Int>(limit: 10)
        shelf.put(1, "a", SeenState(5, on: day))
        #expect(shelf.take("a", SeenState(5, on: day)) == 1)
        #expect(shelf.take("a", SeenState(6, on: day)) == nil)
        #expect(shelf.take("a", SeenState(5, on: day + 1)) == nil)
        #expect(shelf.take("b", SeenState(5, on: day)) == nil)
    }

    @Test(arguments: [(4, 0), (5, -1)])
    func anOlderSnapshotNeverReplacesWhatANewerOneLeft(seq: Int, days: Int) {
        let shelf = Shelf<SeenState, String, Int>(limit: 10)
        let (newer, older) = (SeenState(5, on: day), SeenState(seq, on: day + days))
        shelf.put(1, "a", newer)
        shelf.put(2, "a", older)
        #expect(shelf.take("a", newer) == 1)
        #expect(shelf.take("a", older) == nil)
        shelf.put(3, "a", SeenState(6, on: day))
        #expect(shelf.take("a", newer) == nil)
        #expect(shelf.take("a", SeenState(6, on: day)) == 3)
    }

    @Test func pastItsLimitEverythingIsDropped() {
        let shelf = Shelf<Int, Int, Int>(limit: 2)
        for key in 1...3 { shelf.put(key, key, 1) }
        #expect(shelf.take(1, 1) == nil && shelf.take(2, 1) == nil)
        #expect(shelf.take(3, 1) == 3)
    }

    @Test func aShelfOfOneThingKeepsTheNewest() {
        let shelf = Shelf<Int, OnlyKey, String>()
        shelf.put("old", 1)
        shelf.put("new", 2)
        shelf.put("older", 0)
        #expect(shelf.take(2) == "new" && shelf.take(1) == nil)
    }
}
