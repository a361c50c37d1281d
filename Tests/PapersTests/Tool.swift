import Foundation

/// What programs of Debian say of a file that we wrote: they read it as anybody else does.
enum Tool {
    /// Runs a program on some bytes, which stand in a file, and answers what it says.
    static func says(
        _ program: String, _ bytes: [UInt8], named name: String, _ arguments: (String) -> [String]
    ) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "tool_\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments(file.path)
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(said)
    }

    /// One part of a Word file.
    static func part(_ name: String, of bytes: [UInt8]) throws -> String {
        let script =
            "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; "
            + "sys.stdout.buffer.write(z.read(sys.argv[2]))"
        let said = try says("/usr/bin/python3", bytes, named: "a.docx") {
            ["-I", "-c", script, $0, name]
        }
        return String(decoding: said, as: UTF8.self)
    }

    /// The boxes of the words of a PDF, page by page, in points from the upper left corner.
    static func boxes(of pdf: [UInt8]) throws -> [[Box]] {
        let said = try says("/usr/bin/pdftotext", pdf, named: "a.pdf") { ["-bbox", $0, "-"] }
        let text = String(decoding: said, as: UTF8.self)
        return text.components(separatedBy: "<page ").dropFirst().map { page in
            page.matches(of: /<word ([^>]+)>([^<]*)</).map { word in
                let edges = word.1.matches(of: /"([0-9.]+)"/).compactMap { Double($0.1) }
                return Box(
                    left: edges[0], top: edges[1], right: edges[2], bottom: edges[3],
                    text: String(word.2))
            }
        }
    }

    struct Box {
        let left: Double
        let top: Double
        let right: Double
        let bottom: Double
        let text: String
    }

    /// The rows of a page's picture, at one dot for each point, that are red over the type area.
    static func redRows(of pdf: [UInt8]) throws -> [Int] {
        let said = try says("/usr/bin/pdftoppm", pdf, named: "a.pdf") {
            ["-r", "72", "-f", "1", "-l", "1", $0]
        }
        // P6, width and height, 255, then three bytes for each dot.
        var (numbers, index) = ([Int](), 2)
        while numbers.count < 3, index < said.count {
            while said[index] <= 0x20 { index += 1 }
            let digits = said[index...].prefix { $0 > 0x20 }
            numbers.append(Int(String(decoding: digits, as: UTF8.self)) ?? 0)
            index += digits.count
        }
        index += 1
        let (width, height) = (numbers[0], numbers[1])
        return (0..<height).filter { row in
            let red = (0..<width).filter { column in
                let at = index + 3 * (row * width + column)
                return said[at] > 200 && said[at + 1] < 180 && said[at + 2] < 180
            }
            return red.count > 400
        }
    }
}
