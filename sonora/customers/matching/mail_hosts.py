"""Addresses that say nothing of a firm: mail that anybody can have, and sites where anybody can have a page.

Written down from general knowledge: the free mail providers that most lists name (for one
https://gist.github.com/tbrianjones/5992856), and hosts of profiles and pages.
"""

# Providers with one name under many endings: yahoo.fr, hotmail.co.uk, gmx.net, …
LABELS = frozenset(
    """
    gmail googlemail yahoo ymail rocketmail hotmail outlook live msn aol gmx yandex icloud protonmail mailinator
    mailfence tutanota zoho fastmail hushmail
    """.split()  # noqa: SIM905 - a page of words is easier to read and to mend
)

DOMAINS = frozenset(
    """
    me.com mac.com pm.me proton.me tuta.com tuta.io keemail.me mail.com email.com usa.com post.com myself.com
    consultant.com engineer.com europe.com asia.com iname.com writeme.com dr.com mail.ru bk.ru list.ru inbox.ru
    internet.ru rambler.ru lenta.ru ya.ru web.de freenet.de t-online.de arcor.de online.de kabelmail.de
    vodafonemail.de email.de mail.de posteo.de mailbox.org free.fr orange.fr wanadoo.fr laposte.net sfr.fr neuf.fr
    bbox.fr numericable.fr libero.it virgilio.it tiscali.it alice.it tin.it inwind.it iol.it email.it fastwebnet.it
    telenet.be skynet.be proximus.be ziggo.nl kpnmail.nl planet.nl home.nl xs4all.nl hetnet.nl upcmail.nl chello.nl
    bluewin.ch hispeed.ch sunrise.ch gmx.ch aon.at chello.at a1.net btinternet.com btopenworld.com talktalk.net
    sky.com virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk o2.co.uk plusnet.com comcast.net verizon.net
    att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net optonline.net
    roadrunner.com windstream.net frontier.com centurylink.net mindspring.com sympatico.ca rogers.com shaw.ca
    telus.net videotron.ca bell.net bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au xtra.co.nz
    uol.com.br bol.com.br terra.com.br ig.com.br globo.com r7.com oi.com.br telefonica.net terra.es ono.com sapo.pt
    iol.pt wp.pl o2.pl onet.pl op.pl interia.pl tlen.pl gazeta.pl seznam.cz email.cz centrum.cz volny.cz post.cz
    azet.sk centrum.sk zoznam.sk freemail.hu citromail.hu abv.bg mail.bg dir.bg ukr.net i.ua meta.ua bigmir.net tut.by
    qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn 21cn.com tom.com
    naver.com daum.net hanmail.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com
    biglobe.ne.jp ocn.ne.jp so-net.ne.jp rediffmail.com indiatimes.com in.com sify.com telia.com bredband.net spray.se
    online.no broadpark.no jubii.dk mail.dk stofanet.dk kolumbus.fi luukku.com elisanet.fi walla.co.il walla.com
    netvision.net.il bezeqint.net otenet.gr freemail.gr hey.com duck.com simplelogin.com relay.firefox.com
    anonaddy.com guerrillamail.com 10minutemail.com temp-mail.org trashmail.com yopmail.com sharklasers.com
    maildrop.cc discard.email privaterelay.appleid.com
    """.split()  # noqa: SIM905 - a page of words is easier to read and to mend
)

PAGES = frozenset(
    """
    facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com tiktok.com pinterest.com xing.com
    github.com gitlab.com bitbucket.org google.com goo.gl medium.com substack.com notion.so notion.site linktr.ee
    about.me wordpress.com blogspot.com tumblr.com wix.com weebly.com squarespace.com crunchbase.com yelp.com
    tripadvisor.com vimeo.com t.me wa.me whatsapp.com bit.ly calendly.com typeform.com airtable.com intercom.help
    angel.co wellfound.com behance.net dribbble.com vk.com weibo.com
    """.split()  # noqa: SIM905 - a page of words is easier to read and to mend
)
