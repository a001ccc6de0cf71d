# ruff: noqa: E501  a sentence stays on one line
"""What customers write in Dutch and Japanese."""

from integrations.intercom.sandbox.world.stories.story import Story

NL_PROBLEM = Story(
    key="nl_problem", weight=4, mood="bad", tags=("bug",), language="nl",
    subjects=("Planbord laadt niet", "App logt monteurs uit", "Foto's weg"),
    openers=("Sinds {hour} laadt het planbord niet meer.", "De app logt onze monteurs elke middag uit.", "De foto's van order {order} zijn weg."),
    details=("Het gaat om {count} telefoons.", "Onze klanten staan te wachten."), asks=("Kunnen jullie kijken?",),
    answers=("dank voor het ordernummer, ik kan het nabootsen en geef het door.",), follow_ups=("Het gebeurt nog steeds.", "Bij ons gaat het nu beter."),
    resolutions=("De oplossing staat live, kun je het nog eens proberen?",), endings=("Het werkt weer, bedankt!",),
)  # fmt: skip
NL_WISH = Story(
    key="nl_wish", weight=3, mood="neutral", tags=("feature request",), language="nl",
    subjects=("Export naar Excel", "Inloggen met bedrijfsaccount", "Donker thema"),
    openers=("Het zou fijn zijn als we de lijst naar Excel konden exporteren.", "Kunnen we inloggen met ons bedrijfsaccount?", "Komt er een donker thema?"),
    details=("Dat zou ons veel tijd schelen.",), asks=("Staat dat op de planning?",),
    answers=("goed idee, ik heb het doorgegeven aan het productteam.",), follow_ups=("Fijn, houd ons op de hoogte.",), resolutions=("Je hoort van me zodra er nieuws is.",), endings=("Prima, dank je.",),
)  # fmt: skip
JA_PROBLEM = Story(
    key="ja_problem", weight=5, mood="bad", tags=("bug", "mobile app"), language="ja",
    subjects=("配車ボードが表示されません", "アプリが落ちます", "写真が消えました", "同期が終わりません"),
    openers=("今朝{hour}から配車ボードが表示されません。", "お客様が署名するとアプリが落ちます。", "作業番号{order}の写真が消えてしまいました。", "バージョン{version}にしてから同期が終わりません。"),
    details=("{count}台の端末で発生しています。", "再インストールしても変わりません。", "現場が止まって大変困っています。"),
    asks=("至急ご確認をお願いいたします。", "いつ頃直りますか。"),
    answers=("ご連絡ありがとうございます。こちらでも再現できましたので、開発に伝えました。", "弊社側の不具合です。{day}に修正版を公開いたします。"),
    follow_ups=("まだ同じ状態です。", "一部の端末では直りました。"), resolutions=("修正版を公開しました。もう一度お試しいただけますか。",), endings=("直りました。ありがとうございました。", "動きました。早めの連絡をお願いします。"),
)  # fmt: skip
JA_WISH = Story(
    key="ja_wish", weight=4, mood="neutral", tags=("feature request", "CSV export"), language="ja",
    subjects=("CSV出力について", "シングルサインオン", "ダークモード", "変更履歴について"),
    openers=("作業一覧をCSVで出力できるようにしていただけると助かります。", "会社のアカウントでログインできるようになりませんか。", "夜勤のためにダークモードが欲しいです。", "変更履歴を確認できる機能を追加していただきたいです。"),
    details=("実現すれば大変助かります。", "{month}から社内規定で必要になります。"), asks=("ご予定はありますか。",),
    answers=("ご要望ありがとうございます。製品チームに共有いたしました。",), follow_ups=("ご検討よろしくお願いします。",), resolutions=("進展がありましたらご連絡いたします。",), endings=("承知しました。",),
)  # fmt: skip
JA_PRAISE = Story(
    key="ja_praise", weight=2, mood="good", tags=("praise",), language="ja",
    subjects=("新しいボードについて", "お礼"),
    openers=("新しい配車ボード、とても使いやすいです。", "{teammate}さんの丁寧な対応に感謝しています。"),
    details=("{site}の計画が{minutes}分で終わるようになりました。",), asks=("これからもよろしくお願いします。",),
    answers=("嬉しいお言葉をありがとうございます。",), follow_ups=("こちらこそ。",), resolutions=("引き続きよろしくお願いいたします。",), endings=("ありがとうございました。",),
)  # fmt: skip

STORIES = (NL_PROBLEM, NL_WISH, JA_PROBLEM, JA_WISH, JA_PRAISE)
