import Core
import Foundation
import Ledger
import TestKit
import Testing

struct TextEncodingTests {
    @Test(
        arguments: [
            [0xFF, 0x41], [0x81], [0x63, 0x61, 0x66, 0xE9, 0x0A], [0xFF, 0xFE, 0x2D],
            [0x81, 0x39, 0xEE], [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00],
        ] as [[UInt8]])
    func rubbishIsRefusedWithAWayOut(bytes: [UInt8]) {
        let no = #expect(throws: Refusal.self) { try TextEncoding.utf8(bytes) }
        #expect(no?.text(.en).contains("save it as UTF-8 or GB18030") == true)
    }

    @Test func utf8IsLeftAsItIsButForItsMark() throws {
        let text = Array("中原区,😀\n".utf8)
        #expect(try TextEncoding.utf8(text) == text)
        #expect(try TextEncoding.utf8([0xEF, 0xBB, 0xBF] + text) == text)
        #expect(try TextEncoding.utf8([]) == [])
    }

    @Test func everyCharacterOfGB18030IsKnown() throws {
        let two: [UInt8] = [0xD6, 0xD0, 0xD4, 0xAD, 0xC7, 0xF8, 0x2C]
        let four: [UInt8] = [0x95, 0x32, 0x90, 0x31, 0x81, 0x39, 0xEE, 0x39]
        #expect(try TextEncoding.utf8(two + four) == Array("中原区,𠂇㐀".utf8))
    }

    @Test func utf16WithItsMarkIsReadInEitherOrder() throws {
        let units = Array("中,𠂇".utf16)
        var little: [UInt8] = [0xFF, 0xFE]
        var big: [UInt8] = [0xFE, 0xFF]
        for unit in units {
            little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        #expect(try TextEncoding.utf8(little) == Array("中,𠂇".utf8))
        #expect(try TextEncoding.utf8(big) == Array("中,𠂇".utf8))
    }

    /// What a spreadsheet in China saves by default.
    @Test func aFileInGB18030IsImported() async throws {
        try await TestDistrict.with(.sqlite) { test in
            try await test.foundSmallDistrict()
            let head: [UInt8] =
                [0xC8, 0xD5, 0xC6, 0xDA, 0x2C, 0xB5, 0xA5, 0xCE, 0xBB, 0x2C]
                + [0xB7, 0xDD, 0xCA, 0xFD, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x0D, 0x0A]
            let row = Array("2015-03-01,BUR-EDU,500,".utf8) + [0x95, 0x32, 0x90, 0x31, 0x0D, 0x0A]
            let path = try test.file("gb.csv", bytes: head + row)
            _ = try await test.district.importFile(path, what: "material", by: TestDistrict.actor)
            #expect(try await test.facts("material").map(\.fields["title"]) == ["𠂇"])
        }
    }
}
