import App
import Core
import Foundation
import HummingbirdTesting
import Storage
import TestKit
import Testing
import Volunteers

struct CertificateTests {
    @Test(arguments: Engine.available)
    func aCertificateListsNeedDeedAndWhoConfirmedAndIsChecked(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let helper = town.helpers[0]
            let early = try await town.client.page("/my/service/certificate", as: helper)
            #expect(early.status == 404)
            _ = try await town.serve()
            let page = try await town.client.page("/my/service/certificate", as: helper)
            #expect(page.status == 200, "\(page.text)")
            let text = try await town.client.page("/my/service/certificate.txt", as: helper).text
            let line =
                "1. 一社区：清扫楼道；2015-07-01服务90分钟；组织者yi的名字（2015-07-01）、"
                + "本人（2015-07-01）确认"
            #expect(text.contains("姓名：志愿者1") && text.contains(line), "\(text)")
            for (sent, words) in [
                (text, "签名有效"), (text.replacing("\n", with: "\r\n") + "\n\n", "签名有效"),
                (text.replacing("90分钟", with: "900分钟"), "内容被改动过"),
                (text.replacing("志愿者1", with: "志愿者2"), "内容被改动过"),
                (text.replacing("key ed25519 ", with: "key ed25519 0"), "不是用本区的密钥签的"),
                ("随便写的", "这不是志愿服务证明的全文"),
            ] {
                let checked = try await town.client.submit(
                    "/volunteers/check", ["certificate_text": sent], as: nil)
                #expect(checked.text.contains(words), "\(words): \(checked.text)")
            }
        }
    }

    @Test func whatWasSignedIsCheckedAfterTheKeyWasChanged() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "keys_\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = CertificateKeys(folder: folder, now: { TestDistrict.moment })
        let early = try SignedText(["姓名：甲"], by: keys.signing())
        let made = try keys.rotate()
        let late = try SignedText(["姓名：甲"], by: keys.signing())
        #expect(late.key == made.id && early.key != made.id)
        let published = CertificateKeys.read(try keys.list())
        #expect(published.count == 2)
        for signed in [early, late] {
            let read = try #require(SignedText(reading: signed.text))
            #expect(read.verdict(published) == .genuine(TestDistrict.moment.day))
        }
        #expect(early.verdict([made]) == .unknownKey)
        // A key that others can read signs nothing.
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: folder + "/certificate.key")
        #expect(throws: Refusal.self) { try keys.signing() }
    }

    /// Another program, which knows nothing of ours, comes to the same.
    @Test func openSSLChecksTheSameText() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "keys_\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = CertificateKeys(folder: folder)
        let text = try SignedText(["姓名：甲", "1. 某社区：清扫楼道"], by: keys.signing()).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let key = try #require(lines.firstIndex { $0.hasPrefix("key ") })
        let signature = try #require(
            Data(base64Encoded: String(lines[key + 1].dropFirst("signature ".count))))
        let raw = try #require(
            Data(base64Encoded: String(try keys.list().split(separator: " ")[1])))
        // The head of an Ed25519 key in DER, RFC 8410.
        let der = Data([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0]) + raw
        func check(_ body: String) throws -> Int32 {
            for (name, data) in [("key", der), ("signature", signature), ("body", Data(body.utf8))]
            {
                try data.write(to: URL(fileURLWithPath: folder + "/" + name))
            }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = [
                "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder + "/key",
                "-rawin", "-in", folder + "/body", "-sigfile", folder + "/signature",
            ]
            process.standardOutput = Pipe()
            process.standardError = Pipe()
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        let body = lines[..<key].joined(separator: "\n") + "\n"
        #expect(try check(body) == 0)
        #expect(try check(body.replacing("甲", with: "乙")) != 0)
    }
}
