//! The style sheet: print first, one column of A4, black on white; colour only repeats words.

use crate::lang::Lang;
use crate::report::escape::css;
use crate::report::pages::Running;

/// The sheet with what every page says.
pub(super) fn sheet(running: &Running, lang: Lang) -> String {
    let (left, right, foot) = (css(&running.left), css(&running.right), css(&running.foot));
    let page = lang.pick("ページ", "page");
    let mut sheet = format!(
        "@page{{size:A4 portrait;margin:17mm 15mm 15mm;\
         @top-left{{content:\"{left}\";{SMALL}}}@top-right{{content:\"{right}\";{SMALL}font-weight:bold}}\
         @bottom-left{{content:\"{foot}\";{SMALL}}}\
         @bottom-right{{content:\"{page} \" counter(page) \" / \" counter(pages);{SMALL}}}}}\n"
    );
    sheet.push_str(RULES);
    for width in 1..=100 {
        sheet.push_str(&format!(".w{width}{{width:{width}%}}"));
    }
    sheet
}

const SMALL: &str =
    "font:8pt \"BIZ UDGothic\",\"BIZ UDPGothic\",\"Yu Gothic\",Meiryo,sans-serif;color:#333;white-space:nowrap;";

const RULES: &str = "\
:root{--line:#777;--soft:#ccc}
*{box-sizing:border-box}
html{font:10.5pt/1.55 \"BIZ UDGothic\",\"BIZ UDPGothic\",\"Yu Gothic\",Meiryo,sans-serif;color:#111;background:#fff;\
-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0 auto;max-width:180mm;overflow-wrap:anywhere;line-break:strict;text-wrap:pretty}
h1,h2,h3,h4{break-after:avoid;break-inside:avoid;line-height:1.35}
h1{font-size:14pt;margin:0 0 2mm;border-bottom:.7mm solid #111;padding-bottom:1mm}
h2{font-size:12.5pt;margin:6mm 0 2mm;border-bottom:.4mm solid #111}
h3{font-size:11.5pt;margin:5mm 0 2mm;border-left:1.6mm solid #111;padding-left:2mm}
h4{font-size:10.5pt;margin:4mm 0 1mm}
p{margin:1mm 0}
ul,ol{margin:1mm 0;padding-left:6mm}
li{break-inside:avoid}
blockquote{margin:1mm 0 2mm;padding:1mm 3mm;border-left:.6mm solid var(--line);background:#f4f4f4;font-size:9.5pt}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin:1.5mm 0 3mm;font-size:9.5pt;line-height:1.45}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:.2mm solid var(--line);padding:.8mm 1.6mm;text-align:left;vertical-align:top;font-weight:normal}
thead th{background:#e8e8e8;font-weight:bold;break-after:avoid}
.fields{break-before:avoid}
.front .fields th{width:34mm}
.fields th{width:27mm;background:#f4f4f4;font-weight:bold}
.keep{break-inside:avoid}
.badge{font-size:9pt;font-weight:bold;border:.3mm solid var(--line);padding:0 1.5mm;margin-left:2mm;white-space:nowrap}
.gap{background:#b00020;color:#fff;font-weight:bold;border-color:#b00020}
.half{background:#ffe9a8;font-weight:bold}
.quiet{color:#444}
.note{font-size:9.5pt;border:.2mm dashed var(--line);padding:.8mm 2mm;break-inside:avoid}
.warning{font-weight:bold;border:.6mm solid #b00020;padding:1mm 2mm;break-inside:avoid}
.pointer{font-size:9.5pt;break-before:avoid}
.pointer a{color:inherit}
.lead b{margin-right:1em}
.counts{list-style:none;display:flex;gap:2mm;padding:0}
.count{flex:1;border:.3mm solid var(--line);padding:.6mm 2mm;text-align:center}
.count b{font-size:13pt;margin-left:1mm}
.about{display:block;font-size:8.5pt;color:#333}
.questions b{display:block}
.notes h2,.front h2{margin:2.5mm 0 1mm;font-size:11pt}
.sign{display:flex;gap:6mm;margin:2mm 0 0;break-inside:avoid}
.sign span{flex:1;border-bottom:.3mm solid #111;padding-bottom:.5mm}
.sign span:last-child{flex:2}
.box{border:.3mm solid var(--line);min-height:12mm}
.box span{font-size:7.5pt;color:#555;padding-left:1mm}
.questions{list-style:none;padding:0;counter-reset:q}
.questions li{counter-increment:q;display:grid;grid-template-columns:6mm 1fr;margin-bottom:1.2mm}
.questions li::before{content:counter(q);font-weight:bold;font-size:11pt}
.questions li:has(.box){grid-template-columns:6mm 1fr 46mm}
.questions .asked p{margin:0;padding-right:3mm}
@media screen{body{padding:6mm}.screen{font-size:9pt;color:#333}.body{margin-top:10mm}.notes{min-height:30mm;border:.3mm solid var(--line);padding:0 2mm}}
@media print{.screen{display:none}
.front{break-after:page;height:262mm;display:flex;flex-direction:column;font-size:9.5pt;line-height:1.42}
.front table,.front blockquote{font-size:9.5pt}
.front>*{flex:none}
.front .notes{flex:1 1 10mm;min-height:10mm;border:.3mm solid var(--line);padding:0 2mm;margin-top:2mm}
.front .notes h2{border:0;font-size:9pt;margin:.5mm 0}
.dense{font-size:8.6pt;line-height:1.34}.dense .box{min-height:9mm}.dense .counts b{font-size:11pt}
.dense table,.dense .about{font-size:8.6pt}.dense h1{font-size:12.5pt}.dense .notes h2,.dense h2{margin:1.5mm 0 .5mm;font-size:10pt}
a{text-decoration:none}}
";
