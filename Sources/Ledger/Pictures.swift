import Core
import Web

/// Pictures made anew: decoded and encoded again by Debian's GraphicsMagick under limits of memory
/// and time, turned upright, and left with nothing but the picture. Where and with what it was
/// taken stays with who took it.
package struct Pictures: Sendable {
    /// The most pixels of a picture that is taken in.
    static let pixels = 50_000_000
    /// The longer edge of a picture that is kept, in pixels.
    static let edge = 3_000
    /// That of one among many.
    static let smallEdge = 480
    package static let types = ["image/jpeg": "jpeg", "image/png": "png"]

    package init() {}

    private let program = LimitedProgram(
        "/usr/bin/gm", package: "graphicsmagick", memoryBytes: 1 << 30,
        fileBytes: EvidenceFile.sizeLimit, seconds: 20, most: 2)

    /// What is made of a picture. Both formats are ours, so nothing in the file can choose another
    /// reader.
    private struct Making {
        let from: String
        let to: String
        let edge: Int
        let quality: Int

        func arguments(_ source: String, _ target: String) -> [String] {
            [
                "convert", "-limit", "pixels", "\(Pictures.pixels)", "-limit", "disk", "0",
                "\(from):\(source)", "-auto-orient", "-strip", "-resize", "\(edge)x\(edge)>",
                "-quality", "\(quality)", "\(to):\(target)",
            ]
        }
    }

    /// The file as it may be kept: a picture is made anew, anything else stays as it is.
    ///
    /// - Throws: `Refusal.invalid` when the picture cannot be read within the limits.
    package func cleaned(_ file: EvidenceFile) async throws -> EvidenceFile {
        guard let format = Self.types[file.mediaType] else { return file }
        let made = try await made(
            file, Making(from: format, to: format, edge: Self.edge, quality: 88))
        guard let made, let bytes = PictureParts.bare(made, file.mediaType),
            EvidenceFile.mediaType(of: bytes) == file.mediaType
        else { throw Self.unreadable(file) }
        return try EvidenceFile(name: file.name, bytes: bytes)
    }

    /// The picture small, for pages that show many.
    ///
    /// - Throws: `Refusal.invalid` when the picture cannot be read within the limits.
    package func thumbnail(of file: EvidenceFile) async throws -> [UInt8] {
        guard let format = Self.types[file.mediaType] else { throw Self.unreadable(file) }
        let made = try await made(
            file, Making(from: format, to: "jpeg", edge: Self.smallEdge, quality: 78))
        guard let made, let bytes = PictureParts.bare(made, "image/jpeg"),
            bytes.count <= ReleasedPicture.thumbnailBytes
        else { throw Self.unreadable(file) }
        return bytes
    }

    /// Nil when the program could not read it.
    private func made(_ file: EvidenceFile, _ making: Making) async throws -> [UInt8]? {
        try program.requireInstalled()
        let made: [UInt8]?? = try await program.inTurn {
            try await program.made(of: file.bytes, making.arguments)
        }
        guard let made else {
            throw Refusal.invalid([
                EvidenceFile.fault(
                    zh: "正在处理其他图片，请稍后重新提交。",
                    en: "Other pictures are being made ready: send it again in a moment.")
            ])
        }
        return made
    }

    private static func unreadable(_ file: EvidenceFile) -> Refusal {
        Refusal.invalid([
            EvidenceFile.fault(
                zh: "图片“\(file.name)”无法读取：已损坏，或过大。",
                en: "The picture “\(file.name)” cannot be read: damaged, or too large.")
        ])
    }
}
